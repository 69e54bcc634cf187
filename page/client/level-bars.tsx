import type { BudgetChange, Level } from "../../review/review.ts";
import { count, percent, sentenceCase } from "./text.tsx";

/** Budgets that the rule book reads from Terraform; of a review before and after, those that change first. */
export function LevelBars({
  budgets,
  isComparison,
}: {
  readonly budgets: readonly BudgetChange[];
  readonly isComparison: boolean;
}) {
  const changed = budgets.filter(isChanged);
  const ordered = isComparison ? [...changed, ...budgets.filter((budget) => !isChanged(budget))] : budgets;
  return (
    <section id="budgets" aria-labelledby="budgets-title">
      <h2 id="budgets-title">Budgets</h2>
      <p class="lead">
        {budgets.length === 0
          ? "Nothing here has a budget."
          : isComparison
            ? `${changed.length} of ${budgets.length} change.`
            : "What everything takes at full scale, against what there is."}
      </p>
      {ordered.map((budget) => (
        <article key={budget.name} class="budget">
          <h3>
            {sentenceCase(budget.name)}
            {isComparison && !isChanged(budget) && <span class="count">unchanged</span>}
          </h3>
          {isComparison && isChanged(budget) && (
            <LevelBar label="Before" level={budget.before} budget={budget} />
          )}
          <LevelBar label={isComparison ? "After" : ""} level={budget.after} budget={budget} />
          <p class="quiet">{budget.how}</p>
        </article>
      ))}
    </section>
  );
}

function isChanged({ before, after }: BudgetChange): boolean {
  return before?.used !== after?.used || before?.limit !== after?.limit;
}

interface LevelBarProps {
  readonly label: string;
  readonly level: Level | undefined;
  readonly budget: BudgetChange;
}

function LevelBar({ label, level, budget: { before, after, unit } }: LevelBarProps) {
  // The sentence below it says why.
  if (level === undefined) return label === "" ? null : <p>{label}: unknown</p>;
  const { used, limit } = level;
  const whole = Math.max(
    1,
    ...[before, after].flatMap((each) => (each === undefined ? [] : [each.used, each.limit])),
  );
  const isOver = used > limit;
  return (
    <div class={`level${isOver ? " over" : ""}`}>
      <span class="label">{label}</span>
      <span class="bar" aria-hidden="true">
        <span class="segment series-0" style={{ width: `${(used / whole) * 100}%` }} />
        <span class="limit" style={{ left: `${(limit / whole) * 100}%` }} />
      </span>
      <span class="figure">
        {isOver && <span aria-hidden="true">▲ </span>}
        <strong>{count(used)}</strong> of {count(limit)} {unit}
        {limit > 0 && ` (${percent(used / limit)})`}
      </span>
    </div>
  );
}
