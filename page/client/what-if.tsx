import { useId, useState } from "preact/hooks";
import type { Control, Value } from "../controls.ts";
import type { WhatIf } from "./model.tsx";
import { count, sentenceCase, words } from "./text.tsx";

/** The numbers of the environment file as controls, with what synth says of their changes. */
export function WhatIfPanel({ name, whatIf }: { readonly name: string; readonly whatIf: WhatIf }) {
  const [search, setSearch] = useState("");
  const found = matching(whatIf.controls, search);
  const isTooMany = search !== "" && found.length > MAX_FOUND;
  const groups = groupsOf(isTooMany ? found.slice(0, MAX_FOUND) : found);
  const id = useId();
  return (
    <aside id="what-if" class="what-if" aria-labelledby={id}>
      <h2 id={id}>What if</h2>
      <Answer name={name} whatIf={whatIf} />
      <input
        class="search"
        type="search"
        placeholder="Find a number, e.g. pool"
        aria-label="Find a number of the environment"
        value={search}
        onInput={({ currentTarget }) => setSearch(currentTarget.value)}
      />
      <div class="groups">
        {groups.map(({ title, controls }, index) => (
          <Group
            key={title}
            title={title}
            controls={controls}
            whatIf={whatIf}
            isFound={search !== ""}
            startsOpen={index < 2}
          />
        ))}
        {groups.length === 0 && <p class="quiet">No number of this name.</p>}
        {isTooMany && (
          <p class="quiet">
            {MAX_FOUND} of {count(found.length)} are shown: write another word of the name.
          </p>
        )}
      </div>
    </aside>
  );
}

function Answer({
  name,
  whatIf: { edits, lines, refusals, reset },
}: {
  readonly name: string;
  readonly whatIf: WhatIf;
}) {
  const isRefused = refusals.length > 0;
  return (
    <div class={`answer ${edits.length === 0 ? "" : isRefused ? "bad" : "good"}`}>
      <div role="status">
        {edits.length === 0 && (
          <p class="quiet">Change a number: every budget follows, and what would be refused is shown here.</p>
        )}
        {edits.length > 0 && !isRefused && (
          <p>
            <strong>✓ Accepted.</strong> The budgets hold with{" "}
            {edits.length === 1 ? "this change" : "these changes"}.
          </p>
        )}
        {isRefused && (
          <>
            <p>
              <strong>
                ✕ Would be refused: {refusals.length} {refusals.length === 1 ? "reason" : "reasons"}
              </strong>
            </p>
            <ul class="refusals">
              {refusals.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </>
        )}
      </div>
      {lines !== "" && (
        <>
          <p class="caption">
            Change in <code>environments/{name}.ts</code>
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
          <pre class="lines" tabIndex={0}>
            {lines}
          </pre>
        </>
      )}
      {edits.length > 0 && (
        <div class="actions">
          {lines !== "" && <Copy text={lines} />}
          <button type="button" onClick={reset}>
            Undo all
          </button>
        </div>
      )}
      <p class="quiet">
        Checked here: values, ranges, deadlines and budgets. The rules that read the synthesized Terraform
        JSON run at synth only: <code>npm start</code> can still refuse what is accepted here.
      </p>
    </div>
  );
}

function Copy({ text }: { readonly text: string }) {
  const [copied, setCopied] = useState("");
  const copy = async (): Promise<void> => {
    // Refused where the page is not in the foreground: the lines can be selected all the same.
    await navigator.clipboard?.writeText(text).then(
      () => setCopied(text),
      () => setCopied(""),
    );
  };
  return (
    <button type="button" onClick={copy}>
      {copied === text ? "Copied" : "Copy lines"}
    </button>
  );
}

interface ControlGroup {
  readonly title: string;
  readonly controls: readonly Control[];
}

/** Controls of a search that are drawn: more are found again with another word. */
const MAX_FOUND = 100;

function matching(controls: readonly Control[], search: string): Control[] {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean);
  return controls.filter((control) => {
    const text = `${control.names.join(" ")} ${labelOf(control)}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

/** The network first, then each service and each job a group of its own, then the other sections of the file. */
function groupsOf(controls: readonly Control[]): ControlGroup[] {
  const groups = new Map<string, Control[]>();
  const ordered = [...controls].sort((a, b) => rank(a) - rank(b));
  for (const control of ordered) {
    const [section = "", element = ""] = control.names;
    const title = `${TITLES[section] ?? "Other"}${LISTS.includes(section) ? ` ${element}` : ""}`;
    groups.set(title, [...(groups.get(title) ?? []), control]);
  }
  return [...groups].map(([title, list]) => ({ title, controls: list }));
}

const TITLES: Readonly<Record<string, string>> = {
  services: "Service",
  jobs: "Job",
  workerPools: "Worker pool",
  topics: "Topic",
  buckets: "Bucket",
  network: "Network",
  regions: "Region",
  database: "Database",
  databases: "Database",
  cache: "Cache",
  caches: "Cache",
  deadlines: "Deadlines",
  objectives: "Objectives",
  rollout: "Rollout",
};
/** Every element of them is a group. */
const LISTS = ["regions", "services", "jobs", "workerPools", "topics", "buckets", "databases", "caches"];
const ORDER = [
  "network",
  "regions",
  "services",
  "jobs",
  "workerPools",
  "topics",
  "buckets",
  "database",
  "databases",
  "cache",
  "caches",
  "deadlines",
  "objectives",
  "rollout",
];

function rank({ names: [section = ""] }: Control): number {
  const index = ORDER.indexOf(section);
  return index === -1 ? ORDER.length : index;
}

/** "Instances: max", "Database: pool": without what the group says already. */
function labelOf({ names }: Control): string {
  const [section = ""] = names;
  const own = LISTS.includes(section) ? names.slice(2) : section in TITLES ? names.slice(1) : names;
  return sentenceCase(own.map(words).join(": "));
}

function Group({
  title,
  controls,
  whatIf,
  isFound,
  startsOpen,
}: ControlGroup & { readonly whatIf: WhatIf; readonly isFound: boolean; readonly startsOpen: boolean }) {
  const [isOpened, setIsOpened] = useState(startsOpen);
  const isOpen = isFound || isOpened;
  const changed = whatIf.edits.filter((edit) =>
    controls.some(({ path }) => path.join() === edit.path.join()),
  );
  return (
    <details open={isOpen} onToggle={({ currentTarget }) => isFound || setIsOpened(currentTarget.open)}>
      <summary>
        {title}
        {changed.length > 0 && <span class="count">{changed.length} changed</span>}
      </summary>
      {isOpen &&
        controls.map((control) => (
          <ControlRow
            key={control.path.join()}
            control={control}
            value={changed.find(({ path }) => path.join() === control.path.join())?.changed ?? control.value}
            change={(value) => whatIf.change(control, value)}
          />
        ))}
    </details>
  );
}

interface RowProps {
  readonly control: Control;
  readonly value: Value;
  readonly change: (value: Value) => void;
}

function ControlRow({ control, value, change }: RowProps) {
  const id = useId();
  const { leaf } = control;
  const isChanged = value !== control.value;
  const unit = unitOf(control);
  return (
    <div class={`control${isChanged ? " changed" : ""}`} data-path={control.names.join(".")}>
      <label for={id} title={control.names.join(".")}>
        {labelOf(control)}
        {isChanged && <span class="was">was {[String(control.value), unit].join(" ")}</span>}
      </label>
      <span class="field">
        <Field id={id} control={control} value={value} change={change} />
        {unit !== "" && (
          <span class="unit" id={`${id}-unit`}>
            {unit}
          </span>
        )}
      </span>
      {leaf.kind === "number" && <Slider control={control} value={Number(value)} change={change} />}
    </div>
  );
}

function unitOf({ leaf }: Control): string {
  return "unit" in leaf ? leaf.unit : "";
}

function Field({ id, control: { leaf }, value, change }: RowProps & { readonly id: string }) {
  switch (leaf.kind) {
    case "number":
    case "fraction":
      return (
        <input
          id={id}
          type="number"
          step={leaf.kind === "number" ? 1 : "any"}
          // What is typed stays where it is no number yet.
          value={Number.isNaN(value) ? undefined : Number(value)}
          aria-invalid={Number.isNaN(value)}
          aria-describedby={`${id}-unit`}
          onInput={({ currentTarget }) => change(currentTarget.valueAsNumber)}
        />
      );
    case "choice":
      return (
        <select
          id={id}
          value={String(value)}
          aria-describedby={leaf.unit === "" ? undefined : `${id}-unit`}
          onChange={({ currentTarget }) =>
            change(leaf.values.find((each) => String(each) === currentTarget.value) ?? value)
          }
        >
          {leaf.values.map((each) => (
            <option key={each} value={String(each)}>
              {each}
            </option>
          ))}
        </select>
      );
    case "flag":
      return (
        <input
          id={id}
          type="checkbox"
          checked={value === true}
          onChange={({ currentTarget }) => change(currentTarget.checked)}
        />
      );
    case "range":
    case "size":
      return (
        <input
          id={id}
          type="text"
          spellcheck={false}
          value={String(value)}
          onInput={({ currentTarget }) => change(currentTarget.value)}
        />
      );
  }
}

/** Moves within what is allowed and a little beyond, so that the refusal can be seen; the field takes any number. */
function Slider({ control, value, change }: RowProps & { readonly value: number }) {
  const { leaf } = control;
  if (leaf.kind !== "number") return null;
  const present = Number(control.value);
  const to = Math.min(Math.ceil(leaf.to * BEYOND), Math.max(present * WIDER, leaf.from + LEAST_STEPS));
  return (
    <input
      class="slider"
      type="range"
      min={leaf.from}
      max={to}
      step={1}
      value={Number.isNaN(value) ? present : value}
      aria-label={labelOf(control)}
      aria-valuetext={`${value} ${leaf.unit}`}
      onInput={({ currentTarget }) => change(currentTarget.valueAsNumber)}
    />
  );
}

const BEYOND = 1.5;
const WIDER = 4;
const LEAST_STEPS = 12;
