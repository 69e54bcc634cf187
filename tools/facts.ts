/**
 * Updates resources/facts/: what every release of the provider since 4.0.0 knows of its resource types, with the words
 * of Google's discovery documents. Reads copies of public sources and writes facts only, no sentences and no code:
 *
 *   node tools/run.mjs tools/facts.ts --google DIR --google-beta DIR --schema 8.0.0=FILE --discovery DIR
 *
 * DIRs are a clone (bare or not, with tags) of hashicorp/terraform-provider-google, one of hashicorp/terraform-provider-google-beta,
 * and the folder googleapiclient/discovery_cache/documents of the Python package google-api-python-client; a schema is what
 * `terraform providers schema -json` prints, gzipped or not. `--next 8.0.0=BRANCH` reads a release that has no tag yet.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { checkAgainst } from "./facts/check.ts";
import { apiFacts } from "./facts/discovery.ts";
import { differences } from "./facts/history.ts";
import { readReleases } from "./facts/releases.ts";
import { typesOf } from "./facts/schema-json.ts";
import { factFiles } from "./facts/write.ts";

const { values } = parseArgs({
  options: {
    google: { type: "string" },
    "google-beta": { type: "string" },
    discovery: { type: "string" },
    schema: { type: "string", multiple: true, default: [] },
    next: { type: "string", multiple: true, default: [] },
  },
});
const { google, "google-beta": beta, discovery } = values;
if (google === undefined || beta === undefined || discovery === undefined) {
  console.error(
    "--google, --google-beta and --discovery are needed: folders with copies of the public sources.",
  );
  process.exit(2);
}

const schemas = new Map(
  values.schema.map((named) => {
    const [version = "", file = ""] = named.split("=");
    const bytes = readFileSync(file);
    return [version, typesOf(JSON.parse((bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString()))];
  }),
);
const next = new Map(values.next.map((named) => named.split("=") as [string, string]));
const progress = (line: string) => console.error(line);

const released = readReleases(google, next, schemas, progress);
const releasedBeta = readReleases(beta, next, new Map(), progress);
for (const [version, types] of schemas)
  for (const line of checkAgainst(version, types, released.histories)) progress(line);

const api = apiFacts(google, released.newest, discovery);
write("google", factFiles(released.histories, api, released.imports));
write(
  "google-beta",
  factFiles(differences(releasedBeta.histories, released.histories), new Map(), releasedBeta.imports),
);

function write(provider: string, files: ReadonlyMap<string, string>): void {
  const folder = path.join(import.meta.dirname, "..", "resources", "facts", provider);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of files) writeFileSync(path.join(folder, name), text);
}
