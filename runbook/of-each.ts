import type { Page, Step } from "./page.ts";

type Pages<Id extends string> = Readonly<Record<Id, Page>>;

/**
 * Pages on what there may be several of, one after the other for each step; what is the same for all is said once. Nothing where
 * there is none.
 *
 * @param all for each its name, which starts what is said of it alone, and its pages
 */
export function ofEach<Id extends string>(
  all: readonly (readonly [name: string, pages: Pages<Id>])[],
): Pages<Id> | undefined {
  const [first, ...more] = all;
  if (first === undefined || more.length === 0) return first?.[1];
  const ids = Object.keys(first[1]) as Id[];
  return Object.fromEntries(
    ids.map((id) => [id, merged(all.map(([name, pages]) => [name, pages[id]] as const))]),
  ) as Record<Id, Page>;
}

function merged(pages: readonly (readonly [name: string, page: Page])[]): Page {
  const lines = (of: (page: Page) => readonly string[]): string[] => {
    const all = pages.flatMap(([name, page]) => of(page).map((text) => ({ name, text })));
    const shared = (text: string): boolean => pages.every(([, page]) => of(page).includes(text));
    return [...new Set(all.map(({ name, text }) => (shared(text) ? text : `\`${name}\`: ${text}`)))];
  };
  const longest = Math.max(...pages.map(([, { first }]) => first.length));
  const steps = Array.from({ length: longest }, (_, index) =>
    stepsOf(pages.flatMap(([name, { first }]) => (first[index] === undefined ? [] : [[name, first[index]]]))),
  ).flat();
  const [first] = pages;
  return {
    means: lines(({ means }) => [means]).join("\n\n"),
    first: steps,
    fix: lines(({ fix }) => fix),
    rollback: [...new Set(pages.flatMap(([, { rollback = [] }]) => rollback))],
    rules: first?.[1].rules ?? [],
    escalate: first?.[1].escalate ?? "",
    section: pages.map(([, { section }]) => section).join('", "'),
  };
}

/** One step for all where the same is said of each, with the commands of all. */
function stepsOf(steps: readonly (readonly [name: string, step: Step])[]): Step[] {
  const said = new Set(steps.map(([, { say }]) => say));
  const [first] = steps;
  if (first === undefined) return [];
  if (said.size === 1)
    return [{ say: first[1].say, run: [...new Set(steps.flatMap(([, { run = [] }]) => run))] }];
  return steps.map(([name, { say, run = [] }]) => ({ say: `\`${name}\`: ${say}`, run }));
}
