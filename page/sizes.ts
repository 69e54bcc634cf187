import { isUnknown, type Resource, type Value } from "../graph/index.ts";
import { masked } from "../reporting/mask.ts";
import { unitOf } from "./units.ts";

/** A resource with more of them is searched in its Terraform, not on a page. */
const MAX_SIZES = 40;
const MAX_DEPTH = 8;
/** Numbers with a unit ("4Gi", "300s", "1000m"), ranges, tiers and versions. */
const SIZE =
  /^(\d+(\.\d+)?([kKMGTm]i?|s|ms)?|\d{1,3}(\.\d{1,3}){3}\/\d{1,2}|db-[a-z0-9-]+|(REDIS|POSTGRES)_\w+)$/;

/** The sizes of a resource with their units, by the paths that Terraform names them with; sensitive ones are masked. */
export function sizesOf(resource: Resource): [string, string][] {
  return [...sizes(resource.values, "", "", 0)].slice(0, MAX_SIZES);
}

function* sizes(
  value: Value | undefined,
  key: string,
  path: string,
  depth: number,
): Iterable<[string, string]> {
  if (value === undefined || value === null || isUnknown(value) || depth > MAX_DEPTH) return;
  if (Array.isArray(value)) {
    const items = value as readonly Value[];
    for (const [index, item] of items.entries())
      yield* sizes(item, key, items.length === 1 ? path : `${path}[${index}]`, depth + 1);
  } else if (typeof value === "object") {
    const block = value as { readonly [key: string]: Value };
    // An environment variable or a flag: its name says more than its position.
    if (typeof block.name === "string" && "value" in block)
      yield* sizes(block.value, block.name, `${path.replace(/\[\d+\]$/, "")}.${block.name}`, depth + 1);
    else
      for (const [inner, item] of Object.entries(block))
        yield* sizes(item, inner, path === "" ? inner : `${path}.${inner}`, depth + 1);
  } else if (typeof value !== "string" || SIZE.test(value)) {
    const { value: shown } = masked({ name: key, value }, undefined) as { value: unknown };
    yield [
      path,
      isNumber(shown) ? `${shown} ${unitOf(path.replace(/^.*\.|\[\d+\]/g, ""))}`.trimEnd() : String(shown),
    ];
  }
}

/** Environment variables and limits are numbers in texts. */
function isNumber(value: unknown): boolean {
  return typeof value === "number" || (typeof value === "string" && /^\d+(\.\d+)?$/.test(value));
}
