import fc from "fast-check";
import type { Edit } from "../../page/changed-lines.ts";
import type { Control, Value } from "../../page/controls.ts";

/** Values within and beyond what the schema allows. */
function values({ leaf, value }: Control): fc.Arbitrary<Value> {
  switch (leaf.kind) {
    case "number":
      return fc.oneof(
        fc.integer({ min: leaf.from, max: leaf.to }),
        fc.integer({ min: 0, max: Math.max(2, 2 * Number(value)) }),
        fc.integer({ min: leaf.from - 2, max: leaf.to + 2 }),
      );
    case "fraction":
      return fc.integer({ min: 0, max: 12 }).map((tenths) => tenths / 10);
    case "choice":
      return fc.constantFrom(...leaf.values);
    case "flag":
      return fc.boolean();
    case "range":
      return fc.constantFrom(
        "10.1.0.0/28",
        "10.1.8.0/26",
        "10.1.8.0/16",
        "10.1.8.1/24",
        "8.8.8.0/24",
        "10.1.8",
      );
    case "size":
      return fc.constantFrom(
        "db-custom-2-7680",
        "db-custom-3-7680",
        "db-f1-micro",
        "db-perf-optimized-N-4",
        "large",
      );
  }
}

/** One to three changes of what an environment says, valid or not. */
export function editsOf(controls: readonly Control[]): fc.Arbitrary<Edit[]> {
  return fc
    .uniqueArray(fc.constantFrom(...controls), {
      minLength: 1,
      maxLength: 3,
      selector: ({ path }) => path.join(),
    })
    .chain((chosen) =>
      fc.tuple(...chosen.map((control) => values(control).map((changed) => ({ ...control, changed })))),
    )
    .map((list) => list.filter(({ value, changed }) => value !== changed));
}
