// The plans that are measured, as project files.

/** From one card to the next, which are 208 wide and 74 high. */
const GAP = { x: 256, y: 136 };

const name = (number) => `node-${String(number).padStart(4, "0")}`;
const tunnel = (number) => [`10.64.${Math.floor(number / 200)}.${(number % 200) + 1}`];

/** As a file with everything around the machines and sites. */
const plan = (title, nodes, sites = []) => ({
  format: "meshwright-plan",
  version: 1,
  id: `bench${nodes.length}`,
  name: title,
  tunnel: ["10.64.0.0/16"],
  sites,
  nodes,
});

/** Machines with public addresses, so that each has a link with every other. */
export function full(count) {
  const columns = Math.ceil(Math.sqrt(count * 1.4));
  const nodes = Array.from({ length: count }, (_, number) => ({
    name: name(number),
    place: { internet: { ipv4: `203.0.${Math.floor(number / 250)}.${(number % 250) + 1}` } },
    addresses: tunnel(number),
    position: [(number % columns) * GAP.x, Math.floor(number / columns) * GAP.y],
  }));
  return plan(`${count} machines, all public`, nodes);
}

/**
 * Of ten machines one is public and one roams; the others stand behind routers,
 * eight at each site.
 */
export function mixed(count) {
  const [nodes, sites] = [[], []];
  const block = { x: 4 * GAP.x + 160, y: 2 * GAP.y + 240 };
  const columns = 4;
  let open = 0;
  let housed = 0;
  for (let number = 0; number < count; number += 1) {
    const common = { name: name(number), addresses: tunnel(number) };
    const kind = number % 10;
    if (kind === 0 || kind === 9) {
      const place = kind === 0 ? { internet: { ipv4: `203.0.113.${number / 10 + 1}` } } : "roams";
      nodes.push({ ...common, place, position: [open * GAP.x, -2 * GAP.y] });
      open += 1;
      continue;
    }
    const site = Math.floor(housed / 8);
    const corner = { x: (site % columns) * block.x, y: Math.floor(site / columns) * block.y };
    if (housed % 8 === 0) {
      sites.push({
        name: `Site ${site}`,
        lans: [`192.168.${site}.0/24`],
        router: "nat",
        public: { ipv4: `198.51.100.${site + 1}` },
        position: [corner.x, corner.y],
      });
    }
    const at = housed % 8;
    nodes.push({
      ...common,
      place: { site: { at: `Site ${site}`, lan_address: `192.168.${site}.${10 + at}` } },
      position: [corner.x + 48 + (at % 4) * GAP.x, corner.y + 100 + Math.floor(at / 4) * GAP.y],
    });
    housed += 1;
  }
  return plan(`${count} machines at ${sites.length} sites`, nodes, sites);
}
