import { carriesUntil, stageAt } from "../../platform/budgets/capacity-load.ts";
import { capacityPlan } from "../../platform/budgets/capacity-plan.ts";
import type { PlatformPlan } from "../../platform/plan.ts";
import { count, Marked, Scrolls, sentenceCase } from "./text.tsx";

/** Times today's load. */
const FACTORS = [1, 2, 5, 10];

/** What ends first as the load grows, and what must change then. */
export function Load({ plan }: { readonly plan: PlatformPlan }) {
  const paths = capacityPlan(plan)
    .map((path) => ({ path, until: carriesUntil(path, path.stages[0]) }))
    .sort((a, b) => a.until - b.until);
  const [first] = paths;
  return (
    <section id="load" aria-labelledby="load-title">
      <h2 id="load-title">What ends first</h2>
      <p class="lead">
        {first === undefined || !Number.isFinite(first.until) ? (
          "Nothing ends within a hundred times today's load."
        ) : (
          <>
            <strong>{sentenceCase(first.path.name)}</strong> ends first, at {first.until}× today's load. Twice
            the load is twice the instances of every service.
          </>
        )}
      </p>
      <Scrolls label="Load by path">
        <table class="load">
          <thead>
            <tr>
              <th scope="col">Path</th>
              <th scope="col" class="number">
                There are
              </th>
              {FACTORS.map((factor) => (
                <th key={factor} scope="col" class="number">
                  {factor === 1 ? "Today" : `${factor}×`}
                </th>
              ))}
              <th scope="col" class="number">
                Carries
              </th>
            </tr>
          </thead>
          <tbody>
            {paths.map(({ path, until }) => (
              <tr key={path.name}>
                <th scope="row">
                  {sentenceCase(path.name)} <span class="quiet">{path.unit}</span>
                </th>
                <td class="number">{count(path.stages[0].limit)}</td>
                {FACTORS.map((factor) => {
                  const needed = path.needed(factor);
                  const isOver = needed > path.stages[0].limit;
                  return (
                    <td key={factor} class={`number${isOver ? " over" : ""}`}>
                      {isOver && <span aria-hidden="true">▲ </span>}
                      {count(needed)}
                      {isOver && <span class="hidden"> more than there are</span>}
                    </td>
                  );
                })}
                <td class="number">{Number.isFinite(until) ? `${until}×` : "100× and more"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolls>
      {FACTORS.slice(1).map((factor) => (
        <Changes key={factor} factor={factor} plan={plan} />
      ))}
    </section>
  );
}

function Changes({ factor, plan }: { readonly factor: number; readonly plan: PlatformPlan }) {
  const due = capacityPlan(plan)
    .map((path) => ({ name: path.name, change: stageAt(path, factor).change }))
    .filter(({ change }) => change !== "");
  return (
    <details>
      <summary>
        At {factor}× the load: {due.length === 0 ? "nothing must change" : `${due.length} must change`}
      </summary>
      <ul>
        {due.map(({ name, change }) => (
          <li key={name}>
            {sentenceCase(name)}: <Marked text={change} />
          </li>
        ))}
      </ul>
    </details>
  );
}
