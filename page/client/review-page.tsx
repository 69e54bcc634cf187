import { verdictWords } from "../../review/report/verdict.ts";
import { plural } from "../../values/words.ts";
import type { ReviewData, ReviewedStack } from "../data.ts";
import { Findings, findingCounts } from "./findings.tsx";
import { LevelBars } from "./level-bars.tsx";
import { Page, Tile } from "./page.tsx";
import { ACTIONS, Topology } from "./topology.tsx";

const SECTIONS = [
  ["topology", "Topology"],
  ["changes", "Changes"],
  ["budgets", "Budgets"],
  ["findings", "Findings"],
  ["plan", "Plan"],
] as const;

const SIGNS = { good: "✓", warn: "▲", bad: "✕" } as const;

/** What plans do to an environment. */
export function ReviewPage({ data }: { readonly data: ReviewData }) {
  const changes = data.stacks.flatMap((stack) => stack.changes).filter(({ action }) => action in ACTIONS);
  const drawn = data.picture.nodes.filter(({ change }) => change !== undefined).length;
  const { text, tone } = verdictWords(data);
  const planned = (action: string) => changes.filter((change) => change.action === action).length;
  return (
    <Page title={`Change of ${data.name}`} about={`Reviewed on ${data.today}`} sections={SECTIONS}>
      <section class="summary" aria-label="Summary">
        <Tile
          label="Verdict"
          value={`${SIGNS[tone]} ${text}`}
          note={findingCounts(data.findings)}
          tone={tone}
        />
        {Object.entries(ACTIONS).map(([action, { sign, word }]) => (
          <Tile
            key={action}
            label={`${sign} ${word}`}
            value={String(planned(action))}
            note={planned(action) === 1 ? "resource" : "resources"}
          />
        ))}
      </section>
      {data.reasons.length + data.planWarnings.length > 0 && (
        <section aria-labelledby="reasons-title">
          <h2 id="reasons-title">Why</h2>
          <ul>
            {[...data.reasons, ...data.planWarnings].map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </section>
      )}
      <Topology
        picture={data.picture}
        findings={data.findings}
        note={`The picture shows ${drawn} of ${plural(changes.length, "changed resource")}; all are listed under Changes.`}
      />
      <Changes data={data} />
      <LevelBars budgets={data.budgets} isComparison />
      <Findings findings={data.findings} resources={data.resources} today={data.today} />
      <section id="plan" aria-labelledby="plan-title">
        <h2 id="plan-title">Plan</h2>
        <p class="lead">Every changed attribute by stack; sensitive values are masked.</p>
        {data.stacks.map((stack) => (
          <Plan key={stack.name} stack={stack} />
        ))}
      </section>
    </Page>
  );
}

/** The most disruptive first. */
const ORDER = ["destroy", "replace", "update", "forget", "create", "none"];

function Changes({ data: { stacks, destructive } }: { readonly data: ReviewData }) {
  return (
    <section id="changes" aria-labelledby="changes-title">
      <h2 id="changes-title">Changes</h2>
      {destructive.length > 0 && (
        <>
          <h3>Destructive</h3>
          <ul class="findings">
            {destructive.map(
              ({ stack, address, action, consequences, acknowledgement, notCoveredBecause }) => (
                <li
                  key={`${stack} ${address} ${action}`}
                  class={acknowledgement === undefined ? "error" : "waived"}
                >
                  <p>
                    <strong>{action}</strong> <code>{address}</code> {consequences.join(" ")}
                  </p>
                  <p class="quiet">
                    {acknowledgement === undefined
                      ? `Not acknowledged.${notCoveredBecause === undefined ? "" : ` ${notCoveredBecause}`}`
                      : `Acknowledged until ${acknowledgement.expires}: ${acknowledgement.reason}`}
                  </p>
                </li>
              ),
            )}
          </ul>
        </>
      )}
      {stacks.map((stack) => (
        <StackChanges key={stack.name} stack={stack} />
      ))}
    </section>
  );
}

function StackChanges({ stack: { name, failure, changes, unchanged } }: { readonly stack: ReviewedStack }) {
  const ordered = [...changes].sort((a, b) => ORDER.indexOf(a.action) - ORDER.indexOf(b.action));
  return (
    <>
      <h3>
        {name}{" "}
        <span class="count">
          {failure === undefined
            ? `${plural(changes.length, "change")}, ${unchanged} unchanged`
            : "not judged"}
        </span>
      </h3>
      {failure !== undefined && <p>{failure}</p>}
      {ordered.length > 0 && (
        <ul class="changes">
          {ordered.map(({ address, action, impact }) => (
            <li key={`${address} ${action}`}>
              <span class={`sample ${action}`} aria-hidden="true">
                {action in ACTIONS ? ACTIONS[action as keyof typeof ACTIONS].sign : "·"}
              </span>
              <span>
                <strong>{action}</strong> <code>{address}</code>
                <br />
                {impact.join(" ")}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Plan({ stack: { name, plan } }: { readonly stack: ReviewedStack }) {
  if (plan.length === 0) return <p class="quiet">{name}: no changes</p>;
  return (
    <details>
      <summary>{name}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <pre class="lines" tabIndex={0}>
        {plan.join("\n")}
      </pre>
    </details>
  );
}
