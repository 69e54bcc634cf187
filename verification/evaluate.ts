import { faultOfValues, type GivenVariable, leftOut, readGraph } from "../graph/index.ts";
import { UserError } from "../platform/user-error.ts";
import { HIDDEN_KEYS, hasHiddenKey } from "../reporting/redacted.ts";
import { sumOfChecks } from "../rules/checks.ts";
import { ruleBook } from "../rules/index.ts";
import type { LocatedFinding, Rule } from "../rules/rule.ts";
import { evaluateRules, sorted } from "../rules/run.ts";
import { ruleTexts } from "../rules/texts.ts";
import { applyWaivers, type Waiver } from "../rules/waivers.ts";
import { enumerated } from "../values/enumerated.ts";
import { inlineWaivers } from "./inline-waivers.ts";
import type { Report } from "./report/report.ts";
import { isSelected, type Selection, selectionNotes } from "./selection.ts";
import { sourceLocations } from "./source-locations.ts";
import type { Subject } from "./subject.ts";
import { environmentsOf } from "./value-files.ts";
import { readWaiverFile, waiverFilesIn } from "./waiver-file.ts";
import { withoutSecrets } from "./without-secrets.ts";

/** Input of a verification. */
export interface VerifiedInput {
  readonly paths: readonly string[];
  /** "KIND:NAME" of what exists although the input does not define it. */
  readonly external: readonly string[];
  /** True where what the paths do not define does not exist. */
  readonly complete: boolean;
  /** Variables of `--var-file` and `--var`, in their order. */
  readonly variables: readonly GivenVariable[];
  /** File of waivers. @default verify.waivers.json in a folder that is verified */
  readonly waivers: string | undefined;
  readonly selection: Selection;
  /** An earlier report whose findings do not count. */
  readonly baseline: string | undefined;
  /** A folder with rules of a team. */
  readonly rules: string | undefined;
}

/** All paths as one subject: one may use what another defines. */
export async function subjectOfPaths(
  options: VerifiedInput,
  cwd: string,
  {
    environment,
    today,
  }: { readonly environment: { readonly [variable: string]: string }; readonly today: string },
): Promise<Subject> {
  const isGiven = options.waivers !== undefined;
  const files = options.waivers === undefined ? waiverFilesIn(options.paths, cwd) : [options.waivers];
  const decided = files.map((file) => ({ file, ...readWaiverFile(file, cwd, ruleTexts, isGiven) }));
  const external = [...options.external, ...decided.flatMap((file) => file.external)];
  const graph = await readGraph(options.paths, {
    external,
    whole: options.complete,
    variables: { environment, given: options.variables },
  });
  const sourceLocation = sourceLocations(options.paths, cwd);
  const waivers = [
    ...decided.flatMap((file) => file.waivers),
    ...inlineWaivers(graph, sourceLocation, cwd, ruleTexts),
  ];
  refuseLongWaivers(waivers, today);
  const notes = decided
    .filter((file) => file.external.length > 0)
    .map(({ file, external }) => `${file} says that these exist elsewhere: ${external.join(", ")}.`);
  return { inputs: options.paths, graph, waivers, sourceLocation, notes };
}

/**
 * The paths as one subject; a folder with the values of several environments once with each of them, where none is chosen.
 */
export async function subjectsOfPaths(
  options: VerifiedInput,
  cwd: string,
  context: Parameters<typeof subjectOfPaths>[2],
): Promise<readonly Subject[]> {
  const [folder, ...more] = options.paths;
  const isChosen = more.length > 0 || options.variables.length > 0;
  const found = folder === undefined || isChosen ? [] : await environmentsOf(folder);
  const faults = found.map(({ files }) => files.flatMap((file) => faultOfValues(file) ?? []));
  const environments = found.filter((_, index) => faults[index]?.length === 0);
  const leftOutNotes = faults.flat().map(leftOut);
  if (environments.length === 0) {
    const subject = await subjectOfPaths(options, cwd, context);
    return [{ ...subject, notes: [...leftOutNotes, ...(subject.notes ?? [])] }];
  }
  const names = enumerated(environments.map(({ name }) => name));
  const note = `${folder} was judged once with each of ${names}; --var-file chooses one.`;
  return Promise.all(
    environments.map(async ({ name, files }) => {
      const variables = files.map((path) => ({ kind: "file" as const, path }));
      const subject = await subjectOfPaths({ ...options, variables }, cwd, context);
      return { ...subject, environment: name, notes: [note, ...leftOutNotes, ...(subject.notes ?? [])] };
    }),
  );
}

/** @throws UserError where one lasts longer than a year: what is verified may waive what it breaks, and not for ever */
function refuseLongWaivers(waivers: readonly Waiver[], today: string): void {
  const limit = `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`;
  for (const { rule, expires, origin = "" } of waivers)
    if (expires > limit)
      throw new UserError(
        `${origin}: the waiver of ${rule} lasts until ${expires}; a waiver lasts a year at most, until ${limit} from today on.`,
      );
}

const EVERYTHING: Selection = { only: [], skip: [] };

/** Evaluates each subject by itself, and reports all together. */
export function evaluateSubjects(
  subjects: readonly Subject[],
  today: string,
  {
    selection = EVERYTHING,
    own = [],
  }: { readonly selection?: Selection; readonly own?: readonly Rule[] } = {},
): Report {
  const rules = [...ruleBook, ...own].filter(({ id }) => isSelected(id, selection));
  const evaluated = subjects.map((subject) => {
    const judged = evaluateRules(subject.graph, rules);
    const selected = judged.findings.filter(({ rule }) => isSelected(rule, selection));
    const ofSelected = subject.waivers.filter(({ rule }) => isSelected(rule, selection));
    const { findings, waived } = applyWaivers(selected, ofSelected, today);
    const placed = <F extends { readonly origin: string }>(finding: F): F => ({
      ...finding,
      origin: subject.sourceLocation(finding.origin),
    });
    return {
      environment: subject.environment,
      findings: findings.map(placed),
      waived: waived.map(placed),
      checks: judged.checks,
    };
  });
  const isOneInput = subjects.every(({ environment }) => environment !== undefined);
  const counts = subjects.map(({ graph }) => graph.all().length);
  const report: Report = {
    findings: sorted(
      acrossEnvironments(evaluated.map(({ environment, findings }) => ({ environment, findings }))),
    ),
    waived: acrossEnvironments(
      evaluated.map(({ environment, waived }) => ({ environment, findings: waived })),
    ),
    resources: isOneInput ? Math.max(0, ...counts) : counts.reduce((sum, count) => sum + count, 0),
    inputs: once(subjects.flatMap(({ inputs }) => inputs)),
    unread: once(subjects.flatMap(({ graph }) => graph.unread)),
    gaveUp: once([...subjects.flatMap(({ graph }) => graph.gaveUp), ...nothingRead(subjects)]),
    notes: once([
      ...selectionNotes(selection),
      ...subjects.flatMap(({ graph, notes = [] }) => [...notes, ...graph.notes]),
    ]),
    checks: sumOfChecks(evaluated.map(({ checks }) => checks)),
  };
  const safe = withoutSecrets(
    report,
    subjects.map(({ graph }) => graph),
  );
  return [...safe.findings, ...safe.waived].some(({ address }) => hasHiddenKey(address))
    ? { ...safe, notes: [...safe.notes, HIDDEN_KEYS] }
    : safe;
}

/** What is found with the values of every environment is said once; of the rest, with which of them it is found. */
function acrossEnvironments<F extends LocatedFinding>(
  judged: readonly { readonly environment: string | undefined; readonly findings: readonly F[] }[],
): F[] {
  const found = new Map<string, { readonly finding: F; readonly environments: string[] }>();
  const alone: F[] = [];
  for (const { environment, findings } of judged)
    for (const finding of findings) {
      if (environment === undefined) {
        alone.push(finding);
        continue;
      }
      const key = JSON.stringify(finding);
      const { environments } = found.get(key) ?? { environments: [] };
      found.set(key, { finding, environments: [...environments, environment] });
    }
  const named = [...found.values()].map(({ finding, environments }) =>
    environments.length === judged.length
      ? finding
      : { ...finding, message: `with ${enumerated([...new Set(environments)])}: ${finding.message}` },
  );
  return [...alone, ...named];
}

function once(sentences: readonly string[]): string[] {
  return [...new Set(sentences)];
}

/** Without any resource, a report without findings would look as if all were well although nothing was checked. */
function nothingRead(subjects: readonly Subject[]): string[] {
  const isEmpty = subjects.every(
    ({ graph }) => graph.all().length + graph.data().length + graph.removed.length === 0,
  );
  return isEmpty ? [`No resource was found in ${subjects.flatMap(({ inputs }) => inputs).join(", ")}.`] : [];
}
