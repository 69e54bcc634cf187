import { Fragment } from "preact";
import { rangeSize } from "../../values/ranges.ts";
import { addressMap, type Block, formatSpan, type Segment } from "../address-map.ts";
import type { OwnedRange } from "../data.ts";
import { count, Keys, Scrolls, sentenceCase } from "./text.tsx";

interface Props {
  /** Networks with their names; undefined for the only one of an environment. */
  readonly networks: readonly { readonly name?: string; readonly ranges: readonly OwnedRange[] }[];
}

/** The ranges of each VPC network to scale, with what is free between them. */
export function Addresses({ networks }: Props) {
  return (
    <section id="addresses" aria-labelledby="addresses-title">
      <h2 id="addresses-title">Address plan</h2>
      <p class="lead">
        The VPC network to scale. What is too small for one bar is hatched, and enlarged in the next. Numbers
        are those of the table.
      </p>
      {networks.map(({ name, ranges }, index) => (
        <Fragment key={index}>
          {name !== undefined && <h3>{name}</h3>}
          <NetworkMap label={name === undefined ? "Ranges" : `Ranges of ${name}`} ranges={ranges} />
        </Fragment>
      ))}
    </section>
  );
}

function NetworkMap({ label, ranges }: { readonly label: string; readonly ranges: readonly OwnedRange[] }) {
  const numbers = new Map(ranges.map((range, index) => [range, index + 1]));
  return (
    <>
      <div class="blocks" aria-hidden="true">
        {addressMap(ranges).map((block) => (
          <BlockBar key={block.range.cidr} block={block} numbers={numbers} />
        ))}
      </div>
      <Scrolls label={label}>
        <table>
          <thead>
            <tr>
              <th scope="col" class="number">
                No.
              </th>
              <th scope="col">Range</th>
              <th scope="col">Owner</th>
              <th scope="col" class="number">
                Addresses
              </th>
              <th scope="col">From – to</th>
            </tr>
          </thead>
          <tbody>
            {ranges.map(({ owner, range }, index) => (
              <tr key={`${owner} ${range.cidr}`}>
                <td class="number">{index + 1}</td>
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
    </>
  );
}

interface BlockBarProps {
  readonly block: Block;
  readonly numbers: ReadonlyMap<OwnedRange, number>;
}

function BlockBar({ block: { range, within, segments }, numbers }: BlockBarProps) {
  const lanes = 1 + Math.max(0, ...segments.map(({ lane }) => lane));
  const size = rangeSize(range);
  const keys = segments
    .filter(({ allocations }) => allocations.length > 0)
    .map(({ first, last, allocations }) => ({
      text: runs(allocations.flatMap((allocation) => numbers.get(allocation) ?? [])),
      center: ((first + last + 1) / 2 - range.first) / size,
    }));
  return (
    <div class={`block${within === undefined ? "" : " enlarged"}`}>
      <span class="cidr">
        <code>{range.cidr}</code>
        <span class="quiet">
          {count(size)} addresses{within !== undefined && ", enlarged"}
        </span>
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
      <Keys
        keys={keys}
        width={Math.max(MIN_KEY_SHARE, ...keys.map(({ text }) => text.length * KEY_SHARE_OF_LETTER))}
      />
    </div>
  );
}

/** [1, 2, 3, 5] is "1–3, 5". */
function runs(numbers: readonly number[]): string {
  const ordered = [...numbers].sort((a, b) => a - b);
  const ends: [number, number][] = [];
  for (const number of ordered) {
    const run = ends.at(-1);
    if (run !== undefined && run[1] === number - 1) run[1] = number;
    else ends.push([number, number]);
  }
  return ends.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`)).join(", ");
}

/** Pixels. */
const LANE_HEIGHT = 34;
const MIN_LABEL_SHARE = 0.08;
const MIN_KEY_SHARE = 1 / 40;
const KEY_SHARE_OF_LETTER = 1 / 50;

function kindOf({ allocations, enlarged }: Segment): string {
  if (allocations.length === 0) return "free";
  return enlarged === undefined ? "taken" : "taken small";
}

function labelOf({ allocations, first, last }: Segment): string {
  if (allocations.length === 0) return `${count(last - first + 1)} free`;
  return sentenceCase(allocations.map(({ owner }: OwnedRange) => owner).join(", "));
}
