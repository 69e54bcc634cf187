/**
 * Updates test/fixtures/discovery/: what Google's discovery documents say of the methods that this project calls, and of
 * what its Terraform makes. Facts only, no sentences:
 *
 *   pip download --no-deps google-api-python-client && unzip google_api_python_client-*.whl -d FOLDER
 *   node tools/run.mjs tools/google-apis.ts --client FOLDER
 *
 * A new request to Google first names its method in tools/facts/called-methods.ts.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import type { ApiDocument } from "../test/support/google-api/document.ts";
import { apiDocument, type FullDocument } from "./facts/api-document.ts";
import { CALLED } from "./facts/called-methods.ts";

const { client } = parseArgs({ options: { client: { type: "string" } } }).values;
const documents = path.join(client ?? "", "googleapiclient", "discovery_cache", "documents");
const version =
  client !== undefined && existsSync(documents)
    ? readdirSync(client).flatMap(
        (name) => /^google_api_python_client-(.+)\.dist-info$/.exec(name)?.[1] ?? [],
      )[0]
    : undefined;
if (version === undefined) {
  console.error(
    "--client is needed: the folder of an unpacked wheel of google-api-python-client, with googleapiclient/ and google_api_python_client-VERSION.dist-info/.",
  );
  process.exit(2);
}

const texts = Object.entries(CALLED).map(([api, kept]) => {
  const full = JSON.parse(readFileSync(path.join(documents, `${api}.json`), "utf8")) as FullDocument;
  return [`${api}.json`, oneLineEach(apiDocument(api, full, kept))] as const;
});
const source = `${JSON.stringify({ package: "google-api-python-client", version })}\n`;

const folder = path.join(import.meta.dirname, "..", "test", "fixtures", "discovery");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const [name, text] of [...texts, ["source.json", source] as const])
  writeFileSync(path.join(folder, name), text);

/** One line for each method and schema, so that an update is a small difference. */
function oneLineEach({ methods, schemas, ...head }: ApiDocument): string {
  const lines = (entries: object): string =>
    Object.entries(entries)
      .map(([name, value]) => `\n${JSON.stringify(name)}:${JSON.stringify(value)}`)
      .join(",");
  return `${JSON.stringify(head).slice(0, -1)},\n"methods":{${lines(methods)}},\n"schemas":{${lines(schemas)}}}\n`;
}
