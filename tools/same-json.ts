/**
 * Compares the JSON of two outputs, but for the version of CDKTF or of its fork in their metadata, and ends with 1 where they
 * differ:
 *
 *     node tools/run.mjs tools/same-json.ts cdktf.out other.out
 */
import process from "node:process";
import { differences } from "./json-differences.ts";

const [first = "", second = ""] = process.argv.slice(2);
const { files, versions } = differences(first, second);
for (const file of files) console.error(`${file} differs between ${first} and ${second}`);
console.log(
  `${files.length === 0 ? "The same" : "Different"} but for the versions ${versions.join(" and ")}.`,
);
process.exitCode = files.length === 0 ? 0 : 1;
