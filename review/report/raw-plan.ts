import { excerpts } from "../../reporting/excerpt.ts";
import type { AttributeChange, ReviewedChange, StackReview } from "../review.ts";

const SIGNS: Readonly<Record<ReviewedChange["action"], string>> = {
  create: "+",
  update: "!",
  replace: "-+",
  destroy: "-",
  forget: "#",
  none: " ",
};

/** The changes of a stack as Terraform would print them, with sensitive values masked. */
export function rawPlan(stack: StackReview): string[] {
  return [
    ...stack.changes
      .filter(({ attributes, action }) => attributes.length > 0 || action !== "none")
      .flatMap((change) => [
        `${SIGNS[change.action]} ${change.address} (${change.action})${origin(change)}`,
        ...change.attributes.map((attribute) => `    ${line(change, attribute)}`),
      ]),
    ...stack.outputs.map(
      ({ name, before, after }) => `  output ${name}: ${before ?? "null"} -> ${after ?? "null"}`,
    ),
  ];
}

function origin({ importedFrom, movedFrom, deposed }: ReviewedChange): string {
  return [
    importedFrom === undefined ? "" : ` # import ${importedFrom}`,
    movedFrom === undefined ? "" : ` # moved from ${movedFrom}`,
    deposed === undefined ? "" : ` # deposed ${deposed}`,
  ].join("");
}

function line(
  { action }: ReviewedChange,
  { path, before, after, forcesReplacement }: AttributeChange,
): string {
  const force = forcesReplacement ? " # forces replacement" : "";
  const name = path === "" ? "(all)" : path;
  const [was = "null", is = "null"] = excerpts(before, after);
  if (action === "create") return `${name} = ${is}`;
  if (action === "destroy") return `${name} = ${was}`;
  return `${name}: ${was} -> ${is}${force}`;
}
