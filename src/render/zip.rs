//! Zip archives: everything by machine, or tunnel files only for the apps.

use std::io::{self, Write as _};

use crc::{CRC_32_ISO_HDLC, Crc, NoTable};
use rawzip::{CompressionMethod, DataDescriptorOutput, ZipArchiveWriter, time::UtcDateTime};

use crate::mesh::Mesh;

use super::{Artifact, Kind};

/// 1980-01-01, the earliest time that a zip archive can state, so that the same
/// project gives the same bytes.
const FIXED_TIME: i64 = 315_532_800;

/// Enough to make configs small; higher levels cost time and gain little.
const LEVEL: u8 = 6;

/// The checksum of zip archives. rawzip has one of its own whose tables alone
/// would be 16 kB of the download.
const CRC: Crc<u32, NoTable> = Crc::<u32, NoTable>::new(&CRC_32_ISO_HDLC);

/// All files, with one folder for each machine that holds that machine's
/// secrets only.
///
/// # Errors
/// The archive could not be put together.
pub fn archive_of_secrets(artifacts: &[Artifact]) -> io::Result<Vec<u8>> {
    pack(
        artifacts
            .iter()
            .map(|artifact| (artifact.path.as_str(), artifact)),
    )
}

/// The tunnel files of the apps and nothing else: an app takes every `.conf`
/// in an archive for a tunnel of its own.
///
/// # Errors
/// The archive could not be put together.
pub fn phone_archive_of_secrets(mesh: &Mesh, artifacts: &[Artifact]) -> io::Result<Vec<u8>> {
    let on_app = |artifact: &Artifact| {
        let node = artifact
            .node
            .as_ref()
            .and_then(|id| mesh.position(id))
            .and_then(|place| mesh.nodes.get(place));
        artifact.kind == Kind::Config && node.is_some_and(|node| node.platform.is_app())
    };
    pack(
        artifacts
            .iter()
            .filter(|artifact| on_app(artifact))
            .filter_map(|artifact| Some((artifact.path.rsplit('/').next()?, artifact))),
    )
}

fn pack<'a>(files: impl Iterator<Item = (&'a str, &'a Artifact)>) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut archive = ZipArchiveWriter::new(&mut bytes);
    for (path, artifact) in files {
        let text = artifact.secret_text().as_bytes();
        let (mut entry, _) = archive
            .new_file(path)
            .compression_method(CompressionMethod::DEFLATE)
            .last_modified(UtcDateTime::from_unix(FIXED_TIME))
            // The type bits say "regular file"; without them some tools make
            // the mode 0000.
            .unix_permissions(0o100_000 | artifact.mode)
            .start()
            .map_err(io::Error::other)?;
        entry.write_all(&miniz_oxide::deflate::compress_to_vec(text, LEVEL))?;
        let sum = CRC.checksum(text);
        entry
            .finish(DataDescriptorOutput::new(sum, text.len() as u64))
            .map_err(io::Error::other)?;
    }
    archive.finish().map_err(io::Error::other)?;
    Ok(bytes)
}
