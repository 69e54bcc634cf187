import type { VerificationData } from "../data.ts";
import { Addresses } from "./addresses.tsx";
import { Findings, findingCounts } from "./findings.tsx";
import { LevelBars } from "./level-bars.tsx";
import { Page, Tile } from "./page.tsx";
import { Topology } from "./topology.tsx";

const SECTIONS = [
  ["topology", "Topology"],
  ["budgets", "Budgets"],
  ["addresses", "Addresses"],
  ["findings", "Findings"],
] as const;

/** What the rule book says of Terraform that others wrote. */
export function VerificationPage({ data }: { readonly data: VerificationData }) {
  const errors = data.findings.filter(({ severity, waiver }) => severity === "error" && waiver === undefined);
  const notices = [...data.gaveUp, ...data.unread, ...data.notes];
  return (
    <Page
      title={data.name}
      about={`Verified on ${data.today}`}
      sections={SECTIONS.filter(([id]) => id !== "addresses" || data.networks.length > 0)}
    >
      <section class="summary" aria-label="Summary">
        <Tile
          label="Verdict"
          value={
            data.gaveUp.length > 0
              ? "✕ Not checked to its end"
              : errors.length > 0
                ? "✕ Errors"
                : "✓ No errors"
          }
          note={findingCounts(data.findings)}
          tone={data.gaveUp.length + errors.length > 0 ? "bad" : "good"}
        />
        <Tile
          label="Read"
          value={String(data.resources)}
          note={data.resources === 1 ? "resource" : "resources"}
        />
      </section>
      {notices.length > 0 && (
        <section aria-labelledby="reading-title">
          <h2 id="reading-title">What was read, and what was not</h2>
          <ul>
            {notices.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </section>
      )}
      <Topology picture={data.picture} findings={data.findings} />
      <LevelBars budgets={data.budgets} isComparison={false} />
      {data.networks.length > 0 && <Addresses networks={data.networks} />}
      <Findings findings={data.findings} resources={data.resources} today={data.today} />
    </Page>
  );
}
