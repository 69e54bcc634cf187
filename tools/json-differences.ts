import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";

/** Names of the JSON files that only one folder has, or that differ; and the versions in their metadata. */
export function differences(
  first: string,
  second: string,
): { readonly files: readonly string[]; readonly versions: readonly string[] } {
  const versions = new Set<string>();
  const [before, after] = [first, second].map((folder) => contents(folder, versions));
  const names = new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])]);
  return {
    files: [...names].filter((name) => !isDeepStrictEqual(before?.get(name), after?.get(name))).sort(),
    versions: [...versions].sort(),
  };
}

function contents(folder: string, versions: Set<string>): ReadonlyMap<string, unknown> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".json"),
  );
  return new Map(
    files.map((name) => [
      name,
      JSON.parse(readFileSync(path.join(folder, name), "utf8"), (key, value: unknown) => {
        // Versions of CDKTF and cdktn, not of providers.
        if (key !== "version" || typeof value !== "string" || !value.startsWith("0.")) return value;
        versions.add(value);
        return "-";
      }) as unknown,
    ]),
  );
}
