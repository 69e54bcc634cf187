import { Call, type GoValue, type Struct } from "./go-values.ts";
import type { WritableFacts } from "./record.ts";

/** What the validators of an attribute, and of its elements, allow, as far as they are of a known kind. */
export function constraintsOf(attribute: Struct, element: Struct | undefined): Partial<WritableFacts> {
  const found: Partial<WritableFacts> = {};
  for (const schema of element === undefined ? [attribute] : [attribute, element])
    for (const name of ["ValidateFunc", "ValidateDiagFunc"]) add(found, schema.fields.get(name));
  const groups = {
    conflicts: "ConflictsWith",
    exactlyOne: "ExactlyOneOf",
    atLeastOne: "AtLeastOneOf",
    requires: "RequiredWith",
  } as const;
  for (const [key, name] of Object.entries(groups)) {
    const paths = pathsOf(attribute.fields.get(name));
    if (paths !== undefined) found[key as keyof typeof groups] = paths;
  }
  return found;
}

/** "settings.0.tier" is the path settings.tier; a group with a name that is not known is none. */
function pathsOf(value: GoValue | undefined): string[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const paths = value.flatMap((item) =>
    typeof item === "string" ? [item.replace(/\.\d+(?=\.|$)/g, "")] : [],
  );
  return paths.length === value.length ? paths : undefined;
}

function add(found: Partial<WritableFacts>, validator: GoValue | undefined): void {
  if (!(validator instanceof Call)) return;
  const [first, second] = validator.given;
  // Until 4.63 the provider's own validators had names of their package: validateEnum.
  const name = validator.name.slice(validator.name.lastIndexOf(".") + 1).replace(/^validate/, "Validate");
  const bounds = (low: GoValue | undefined, high: GoValue | undefined) => {
    const [from, to] = [low, high].map((bound) => (typeof bound === "number" ? bound : null));
    if (from !== null || to !== null) found.range = [from ?? null, to ?? null];
  };
  switch (name) {
    case "All":
    case "ToDiagFunc":
      for (const inner of validator.given) add(found, inner);
      return;
    case "StringInSlice":
    case "ValidateEnum":
    case "IntInSlice":
      if (!Array.isArray(first) || first.length === 0) return;
      found.enum = first.filter((word) => typeof word === "string" || typeof word === "number");
      // A word that is computed may be any word.
      if (found.enum.length < first.length) delete found.enum;
      if (second === true) found.anyCase = true;
      return;
    case "IntBetween":
    case "FloatBetween":
      bounds(first, second);
      return;
    case "IntAtLeast":
    case "FloatAtLeast":
      bounds(first, undefined);
      return;
    case "IntAtMost":
    case "FloatAtMost":
      bounds(undefined, first);
      return;
    case "StringLenBetween":
      if (typeof first === "number" && typeof second === "number") found.length = [first, second];
      return;
    case "StringMatch":
    case "ValidateRegexp": {
      const pattern = first instanceof Call ? first.given[0] : first;
      if (typeof pattern === "string") found.patterns = [...(found.patterns ?? []), pattern];
      return;
    }
  }
}
