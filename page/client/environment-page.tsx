import type { EnvironmentData } from "../data.ts";
import { Addresses } from "./addresses.tsx";
import { Alerts } from "./alerts.tsx";
import { Budgets, budgetsOf } from "./budgets.tsx";
import { Findings, findingCounts } from "./findings.tsx";
import { Load } from "./load.tsx";
import { useWhatIf, type WhatIf } from "./model.tsx";
import { AfterPaint, Page, Tile } from "./page.tsx";
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
  ["what-if", "What if"],
  ["alerts", "Alerts"],
  ["findings", "Findings"],
] as const;

/** Everything about one environment, and what its numbers could be instead. */
export function EnvironmentPage({ data }: { readonly data: EnvironmentData }) {
  const whatIf = useWhatIf(data);
  const { plan, original } = whatIf;
  const { allocations } = plan.addressPlan;
  const isShown = {
    time: plan.timeBudget.chain.length > 0,
    addresses: allocations.length > 0,
  };
  return (
    <Page
      title={data.name}
      about={`${plan.project} · ${[plan.region, ...plan.furtherRegions.map(({ region }) => region)].join(", ")} · ${data.today}`}
      sections={SECTIONS.filter(([id]) => (id === "time" || id === "addresses" ? isShown[id] : true))}
    >
      <Summary data={data} whatIf={whatIf} />
      <Topology picture={data.picture} findings={data.findings} />
      <AfterPaint>
        {() => (
          <>
            <div class="with-panel">
              <div>
                <Budgets plan={plan} original={original} />
                {isShown.time && <TimeBudget plan={plan} />}
                {isShown.addresses && <Addresses networks={[{ ranges: allocations }]} />}
                <Load plan={plan} />
              </div>
              <WhatIfPanel name={data.name} whatIf={whatIf} />
            </div>
            <Alerts plan={plan} />
            <Findings findings={data.findings} resources={data.resources} today={data.today} />
          </>
        )}
      </AfterPaint>
    </Page>
  );
}

/** The verdict, and how full each budget is. */
function Summary({ data, whatIf }: { readonly data: EnvironmentData; readonly whatIf: WhatIf }) {
  const { edits, refusals, plan } = whatIf;
  const isRefused = refusals.length > 0;
  return (
    <section class="summary" aria-label="Summary">
      <Tile
        label={edits.length === 0 ? "As written" : "With your changes"}
        value={isRefused ? `✕ Refused (${refusals.length})` : "✓ Accepted"}
        note={
          edits.length === 0 ? findingCounts(data.findings) : `As written: ${findingCounts(data.findings)}`
        }
        tone={isRefused ? "bad" : "good"}
      />
      {budgetsOf(plan).map(({ name, unit, budget: { used, limit } }) => (
        <Tile
          key={name}
          label={name}
          value={`${used > limit ? "▲ " : ""}${limit === 0 ? "–" : percent(used / limit)}`}
          note={`${count(used)} of ${count(limit)} ${unit}`}
          tone={used > limit ? "bad" : undefined}
        />
      ))}
    </section>
  );
}
