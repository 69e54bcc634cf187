import type { TerraformDocument } from "../graph/index.ts";
import { isRecord } from "../values/is-record.ts";

/**
 * Numbers of resources that JSON has not, such as what `Number(process.env.SIZE)` gives without the variable: they would be
 * written as null, which Terraform takes for a value that is not there.
 */
export function lostNumbers({ origin, json }: TerraformDocument): string[] {
  const { resource = {} } = json as { readonly resource?: Readonly<Record<string, object>> };
  return Object.values(resource)
    .flatMap((byName) => Object.values(byName))
    .flatMap((values) =>
      [...placesIn(values)].map(
        ([place, number]) =>
          `${pathOf(values) ?? origin}: ${place} is ${number}; rejected at synth: it is no number, and would be left out. Fix: Look where it is computed, for example from a variable of the environment that is not set.`,
      ),
    );
}

function* placesIn(value: unknown, place = ""): Iterable<readonly [place: string, number: number]> {
  if (typeof value === "number" && !Number.isFinite(value)) yield [place, value];
  if (Array.isArray(value)) for (const item of value) yield* placesIn(item, place);
  else if (isRecord(value))
    for (const [key, inner] of Object.entries(value))
      yield* placesIn(inner, place === "" ? key : `${place}.${key}`);
}

/** CDKTF notes it in each resource. */
function pathOf(values: unknown): string | undefined {
  const noted = values as { readonly "//"?: { readonly metadata?: { readonly path?: string } } };
  return noted["//"]?.metadata?.path;
}
