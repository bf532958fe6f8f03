//! Meshwright plans WireGuard meshes.
