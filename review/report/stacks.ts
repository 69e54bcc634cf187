import { block, code, details, plain } from "../../reporting/escape.ts";
import { type Section, shortened } from "../../reporting/fit.ts";
import { plural } from "../../values/words.ts";
import type { Action, Review, ReviewedChange, StackReview } from "../review.ts";
import { rawPlan } from "./raw-plan.ts";

/** The most disruptive first. */
const ORDER: readonly Action[] = ["destroy", "replace", "update", "forget", "create", "none"];

const WORDS: Readonly<Record<Action, string>> = {
  destroy: "destroyed",
  replace: "REPLACED",
  update: "changed in place",
  forget: "forgotten",
  create: "created",
  none: "kept",
};

/** Per stack: what is created, changed, replaced, destroyed, imported, moved, and what that means. */
export function stackSections({ stacks }: Review): Section[] {
  const quiet = stacks.filter((stack) => stack.failure === undefined && isQuiet(stack));
  const messages = stacks.filter((stack) => !quiet.includes(stack));
  const names = quiet.map(({ name }) => code(name));
  return [
    ...messages.flatMap(sections),
    {
      what: "stacks without changes",
      rank: 7,
      versions:
        names.length === 0
          ? [""]
          : [`No changes: ${names.join(", ")}.`, `No changes in ${plural(names.length, "stack")}.`],
    },
  ];
}

function isQuiet({ changes, outputs }: StackReview): boolean {
  return changes.length === 0 && outputs.length === 0;
}

function sections(stack: StackReview): Section[] {
  const heading = `### ${code(stack.name)}: ${summary(stack)}`;
  if (stack.failure !== undefined)
    return [{ what: "", rank: 0, versions: [`${heading}\n\n- ${plain(stack.failure)}`] }];
  const sorted = [...stack.changes].sort((a, b) => ORDER.indexOf(a.action) - ORDER.indexOf(b.action));
  const hard = sorted.filter(({ action }) => action === "destroy" || action === "replace");
  const soft = sorted.filter((change) => !hard.includes(change));
  return [
    { what: "", rank: 0, versions: [heading] },
    { what: "what is destroyed and replaced in the stacks", rank: 4, versions: lists(hard) },
    { what: "what is created and changed in place", rank: 8, versions: lists(soft) },
    {
      what: "outputs",
      rank: 9,
      versions:
        stack.outputs.length === 0
          ? [""]
          : [
              stack.outputs
                .map(
                  ({ name, before, after }) =>
                    `- output ${code(name)}: ${code(before ?? "null")} to ${code(after ?? "null")}`,
                )
                .join("\n"),
              "",
            ],
    },
  ];
}

function lists(changes: readonly ReviewedChange[]): string[] {
  return changes.length === 0 ? [""] : [...shortened(changes.map(item), [100, 30, 10]), ""];
}

function item({ address, action, impact, importedFrom, movedFrom }: ReviewedChange): string {
  const valueText = [
    action === "none" && (importedFrom !== undefined || movedFrom !== undefined) ? "" : WORDS[action],
    importedFrom === undefined ? "" : "imported",
    movedFrom === undefined ? "" : "moved",
  ].filter((word) => word !== "");
  return `- **${valueText.join(", ")}** ${code(address)}: ${impact.map(plain).join(" ")}`;
}

function summary({ failure, changes, unchanged }: StackReview): string {
  if (failure !== undefined) return "cannot be judged";
  const counts = ORDER.flatMap((action) => {
    const count = changes.filter((change) => change.action === action).length;
    return count === 0 || action === "none" ? [] : [`${count} ${WORDS[action]}`];
  });
  const imported = changes.filter(({ importedFrom }) => importedFrom !== undefined).length;
  const moved = changes.filter(({ movedFrom }) => movedFrom !== undefined).length;
  return [
    ...counts,
    ...(imported === 0 ? [] : [`${imported} imported`]),
    ...(moved === 0 ? [] : [`${moved} moved`]),
    `${unchanged} unchanged`,
  ].join(", ");
}

/** The plans as Terraform would print them, folded away, one by one. */
export function rawSections({ stacks }: Review): Section[] {
  return stacks.flatMap((stack) => {
    const lines = rawPlan(stack);
    if (lines.length === 0) return [];
    return [
      {
        what: `the raw plan of ${plain(stack.name)}`,
        rank: 20,
        versions: [
          details(`Raw plan of ${stack.name} (${plural(lines.length, "line")})`, block(lines, "diff")),
          "",
        ],
      },
    ];
  });
}
