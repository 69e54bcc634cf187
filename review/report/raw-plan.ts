import type { AttributeChange, ReviewedChange, StackReview } from "../review.ts";

const SIGNS: Readonly<Record<ReviewedChange["action"], string>> = {
  create: "+",
  update: "!",
  replace: "-+",
  destroy: "-",
  forget: "#",
  none: " ",
};

/** Characters of a value. */
const MAX_LENGTH = 300;

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
  if (action === "create") return `${name} = ${short(after)}`;
  if (action === "destroy") return `${name} = ${short(before)}`;
  return `${name}: ${short(before)} -> ${short(after)}${force}`;
}

function short(text: string | undefined): string {
  if (text === undefined) return "null";
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}
