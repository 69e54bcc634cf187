import { plural } from "../../values/words.ts";
import type { PageFinding } from "../data.ts";

const SEVERITIES = [
  { severity: "error", title: "Errors", sign: "✕" },
  { severity: "warning", title: "Warnings", sign: "▲" },
  { severity: "unknown", title: "Unknown until apply", sign: "?" },
] as const;

interface Props {
  readonly findings: readonly PageFinding[];
  /** How many resources the rules read. */
  readonly resources: number;
  readonly today: string;
}

/** "2 errors, 1 warning"; "No findings". */
export function findingCounts(findings: readonly PageFinding[]): string {
  const open = findings.filter(({ waiver }) => waiver === undefined);
  const of = (severity: string): number => open.filter((finding) => finding.severity === severity).length;
  const [errors, warnings, unknown] = [of("error"), of("warning"), of("unknown")];
  const parts = [
    errors === 0 ? "" : plural(errors, "error"),
    warnings === 0 ? "" : plural(warnings, "warning"),
    unknown === 0 ? "" : `${unknown} unknown until apply`,
  ].filter(Boolean);
  return parts.length === 0 ? "No findings" : parts.join(", ");
}

/** What the rule book found when the page was written; waivers with their last day. */
export function Findings({ findings, resources, today }: Props) {
  const open = findings.filter(({ waiver }) => waiver === undefined);
  const waived = findings.filter(({ waiver }) => waiver !== undefined);
  return (
    <section id="findings" aria-labelledby="findings-title">
      <h2 id="findings-title">Findings</h2>
      <p class="lead">
        The rule book read {plural(resources, "resource")} on {today}.
        {open.length === 0 && " It found nothing."}
      </p>
      {SEVERITIES.map(({ severity, title, sign }) => {
        const own = open.filter((finding) => finding.severity === severity);
        if (own.length === 0) return null;
        return (
          <div key={severity}>
            <h3>
              {title} <span class="count">{own.length}</span>
            </h3>
            <ul class="findings">
              {own.map((finding) => (
                <FindingItem
                  key={`${finding.rule} ${finding.origin} ${finding.address} ${finding.message}`}
                  finding={finding}
                  sign={sign}
                />
              ))}
            </ul>
          </div>
        );
      })}
      <h3>
        Waivers <span class="count">{waived.length}</span>
      </h3>
      {waived.length === 0 ? (
        <p class="quiet">No finding is waived.</p>
      ) : (
        <ul class="findings">
          {waived.map((finding) => (
            <FindingItem
              key={`${finding.rule} ${finding.origin} ${finding.address}`}
              finding={finding}
              sign="–"
            />
          ))}
        </ul>
      )}
    </section>
  );
}

export function FindingItem({ finding, sign }: { readonly finding: PageFinding; readonly sign: string }) {
  const { rule, address, origin, message, fix, waiver, severity, since } = finding;
  return (
    <li class={waiver === undefined ? severity : "waived"}>
      <p>
        <span class="sign" aria-hidden="true">
          {sign}
        </span>
        {since === "new" && <strong>New: </strong>}
        {message}
      </p>
      <p class="quiet">
        {waiver === undefined ? `Fix: ${fix}` : `Waived until ${waiver.expires}: ${waiver.reason}`}
      </p>
      <p class="quiet">
        <code>{rule}</code> at <code>{address === "" ? "the whole input" : address}</code>
        {origin !== "" && ` in ${origin}`}
      </p>
    </li>
  );
}
