import { topology } from "../../analysis/topology/topology.ts";
import { pageFindings } from "../../page/environment-data.ts";
import { networkRanges } from "../../page/network-ranges.ts";
import { pageText } from "../../page/write.ts";
import { UserError } from "../../platform/user-error.ts";
import { budgetChanges } from "../../review/budget/budgets.ts";
import type { Report } from "../../verification/report/report.ts";
import type { Subject } from "../../verification/subject.ts";
import { withoutSecrets } from "../../verification/without-secrets.ts";

/** The report as a page, with the topology of what was read; with the values of the first of several environments. */
export async function pageReport(
  report: Report,
  subjects: readonly Subject[],
  today: string,
): Promise<string> {
  const [subject] = subjects;
  const isOneInput = subjects.length === 1 || subjects.every(({ environment }) => environment !== undefined);
  if (subject === undefined || !isOneInput)
    throw new UserError(
      "--format html needs a path: the pages of this project's own environments are written by npm start.",
    );
  const { findings, waived, resources, inputs, unread, gaveUp, notes } = report;
  const name = inputs.map((input) => (input === "-" ? "standard input" : input)).join(", ");
  const budgets = budgetChanges(subject.graph, subject.graph);
  return pageText(
    `Verification of ${name}`,
    {
      kind: "verification",
      name,
      today,
      findings: pageFindings(findings, waived),
      resources,
      unread,
      gaveUp,
      notes,
      budgets,
      networks: networkRanges(subject.graph),
    },
    topology(subject.graph),
    {
      redact: (data) =>
        withoutSecrets(
          data,
          subjects.map(({ graph }) => graph),
        ),
    },
  );
}
