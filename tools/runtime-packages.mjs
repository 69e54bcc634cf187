/**
 * Leaves of package.json and package-lock.json only what the commands run on, in the versions and with the checksums of the
 * lock file; the next command installs that and nothing else. For a job that holds rights and is thrown away after it:
 *
 *     node tools/runtime-packages.mjs
 */
import { readFileSync, writeFileSync } from "node:fs";

/** What main.ts imports, and the programs that it starts. */
const NAMES = [
  "@cdktf/provider-google",
  "@kubernetes-models/istio",
  "@prometheus-io/lezer-promql",
  "@viz-js/viz",
  "cdktf",
  "commander",
  "constructs",
  "d3-selection",
  "d3-zoom",
  "esbuild",
  "gaxios",
  "google-auth-library",
  "ioredis",
  "ip-address",
  "kubernetes-models",
  "listr2",
  "node",
  "pg",
  "picocolors",
  "preact",
  "re2js",
  "ws",
  "yaml",
  "zod",
];

const read = (file) => JSON.parse(readFileSync(file, "utf8"));
const write = (file, json) => writeFileSync(file, `${JSON.stringify(json, undefined, 2)}\n`);

/** Where a package finds another one: in its own folder, or in one around it. */
function found(packages, from, name) {
  for (let folder = from; ; folder = folder.replace(/(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/]+$/, "")) {
    const place = `${folder === "" ? "" : `${folder}/`}node_modules/${name}`;
    if (packages[place] !== undefined || folder === "") return place;
  }
}

const manifest = read("package.json");
const lock = read("package-lock.json");
const wanted = Object.fromEntries(NAMES.map((name) => [name, manifest.devDependencies[name]]));
const kept = {};
const places = NAMES.map((name) => found(lock.packages, "", name));
for (const place of places) {
  const { dev, ...entry } = lock.packages[place] ?? {};
  if (entry.version === undefined || kept[place] !== undefined) continue;
  kept[place] = entry;
  const peers = Object.keys(entry.peerDependencies ?? {}).filter(
    (name) => entry.peerDependenciesMeta?.[name]?.optional !== true,
  );
  for (const name of [...Object.keys({ ...entry.dependencies, ...entry.optionalDependencies }), ...peers])
    places.push(found(lock.packages, place, name));
}
const { devDependencies, peerDependencies, peerDependenciesMeta, ...rest } = manifest;
const { name, version, engines } = manifest;
write("package.json", { ...rest, dependencies: wanted });
const root = { name, version, engines, dependencies: wanted };
write("package-lock.json", { ...lock, packages: { "": root, ...kept } });
console.error(
  `${Object.keys(kept).length} of ${Object.keys(lock.packages).length - 1} packages are needed to run commands.`,
);
