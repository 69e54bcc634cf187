import type { EnvironmentData } from "../data.ts";
import { Addresses } from "./addresses.tsx";
import { Alerts } from "./alerts.tsx";
import { Budgets, budgetsOf } from "./budgets.tsx";
import { Findings } from "./findings.tsx";
import { Load } from "./load.tsx";
import { useWhatIf, type WhatIf } from "./model.tsx";
import { count, percent } from "./text.tsx";
import { TimeBudget } from "./time.tsx";
import { Topology } from "./topology.tsx";
import { WhatIfPanel } from "./what-if.tsx";

const SECTIONS = [
  ["topology", "Topology"],
  ["budgets", "Budgets"],
  ["time", "Time"],
  ["addresses", "Addresses"],
  ["load", "Load"],
  ["alerts", "Alerts"],
  ["findings", "Findings"],
] as const;

/** Everything about one environment, and what its numbers could be instead. */
export function EnvironmentPage({ data }: { readonly data: EnvironmentData }) {
  const whatIf = useWhatIf(data);
  const { plan, original } = whatIf;
  return (
    <>
      <header class="top">
        <div>
          <h1>{data.name}</h1>
          <p class="quiet">
            {plan.project} · {plan.region} · {data.today}
          </p>
        </div>
        <nav aria-label="Sections">
          {SECTIONS.map(([id, title]) => (
            <a key={id} href={`#${id}`}>
              {title}
            </a>
          ))}
        </nav>
      </header>
      <main>
        <Summary data={data} whatIf={whatIf} />
        <Topology picture={data.picture} findings={data.findings} />
        <div class="with-panel">
          <div>
            <Budgets plan={plan} original={original} />
            <TimeBudget plan={plan} />
            <Addresses plan={plan} />
            <Load plan={plan} />
          </div>
          <WhatIfPanel name={data.name} whatIf={whatIf} />
        </div>
        <Alerts plan={plan} />
        <Findings findings={data.findings} resources={data.resources} today={data.today} />
      </main>
    </>
  );
}

/** The verdict, and how full each budget is. */
function Summary({ data, whatIf }: { readonly data: EnvironmentData; readonly whatIf: WhatIf }) {
  const open = data.findings.filter(({ waiver }) => waiver === undefined);
  const of = (severity: string): number => open.filter((finding) => finding.severity === severity).length;
  const { edits, refusals, plan } = whatIf;
  return (
    <section class="summary" aria-label="Summary">
      <div class={`tile verdict ${refusals.length > 0 ? "bad" : "good"}`}>
        <span class="label">{edits.length === 0 ? "As written" : "With your changes"}</span>
        <strong>{refusals.length > 0 ? `✕ Refused (${refusals.length})` : "✓ Accepted"}</strong>
        <span class="quiet">
          {open.length === 0
            ? "No findings"
            : `${of("warning")} warnings, ${of("unknown")} unknown until apply`}
        </span>
      </div>
      {budgetsOf(plan).map(({ name, unit, budget: { used, limit } }) => (
        <div key={name} class={`tile${used > limit ? " bad" : ""}`}>
          <span class="label">{name}</span>
          <strong>
            {used > limit && <span aria-hidden="true">▲ </span>}
            {limit === 0 ? "–" : percent(used / limit)}
          </strong>
          <span class="quiet">
            {count(used)} of {count(limit)} {unit}
          </span>
        </div>
      ))}
    </section>
  );
}
