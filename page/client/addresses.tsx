import type { Allocation } from "../../platform/address-plan.ts";
import type { PlatformPlan } from "../../platform/plan.ts";
import { rangeSize } from "../../values/ranges.ts";
import { addressMap, type Block, formatSpan, type Segment } from "../address-map.ts";
import { count, Scrolls, sentenceCase } from "./text.tsx";

/** The ranges of the VPC network to scale, with what is free between them. */
export function Addresses({ plan }: { readonly plan: PlatformPlan }) {
  const { allocations } = plan.addressPlan;
  return (
    <section id="addresses" aria-labelledby="addresses-title">
      <h2 id="addresses-title">Address plan</h2>
      <p class="lead">The VPC network to scale. What is too small for one bar is enlarged in the next.</p>
      <div class="blocks" aria-hidden="true">
        {addressMap(allocations).map((block) => (
          <BlockBar key={block.range.cidr} block={block} />
        ))}
      </div>
      <Scrolls label="Ranges">
        <table>
          <thead>
            <tr>
              <th scope="col">Range</th>
              <th scope="col">Owner</th>
              <th scope="col" class="number">
                Addresses
              </th>
              <th scope="col">From – to</th>
            </tr>
          </thead>
          <tbody>
            {allocations.map(({ owner, range }) => (
              <tr key={`${owner} ${range.cidr}`}>
                <th scope="row">
                  <code>{range.cidr}</code>
                </th>
                <td>{sentenceCase(owner)}</td>
                <td class="number">{count(rangeSize(range))}</td>
                <td>{formatSpan(range)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolls>
    </section>
  );
}

function BlockBar({ block: { range, within, segments } }: { readonly block: Block }) {
  const lanes = 1 + Math.max(0, ...segments.map(({ lane }) => lane));
  const size = rangeSize(range);
  return (
    <div class={`block${within === undefined ? "" : " enlarged"}`}>
      <span class="cidr">
        <code>{range.cidr}</code>
        {within !== undefined && <span class="quiet"> enlarged</span>}
      </span>
      <div class="map" style={{ height: `${lanes * LANE_HEIGHT}px` }}>
        {segments.map((segment) => {
          const share = (segment.last - segment.first + 1) / size;
          return (
            <span
              key={`${segment.first} ${segment.lane} ${segment.allocations.length}`}
              class={`stretch ${kindOf(segment)}`}
              style={{
                left: `${((segment.first - range.first) / size) * 100}%`,
                width: `${share * 100}%`,
                top: `${segment.lane * LANE_HEIGHT}px`,
              }}
              title={`${labelOf(segment)}: ${formatSpan(segment)}`}
            >
              {share > MIN_LABEL_SHARE && <span>{labelOf(segment)}</span>}
            </span>
          );
        })}
      </div>
    </div>
  );
}

/** Pixels. */
const LANE_HEIGHT = 34;
const MIN_LABEL_SHARE = 0.08;

function kindOf({ allocations, enlarged }: Segment): string {
  if (allocations.length === 0) return "free";
  return enlarged === undefined ? "taken" : "taken small";
}

function labelOf({ allocations, first, last }: Segment): string {
  if (allocations.length === 0) return `${count(last - first + 1)} free`;
  return sentenceCase(allocations.map(({ owner }: Allocation) => owner).join(", "));
}
