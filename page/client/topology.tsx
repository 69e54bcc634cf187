import { select } from "d3-selection";
import { type ZoomBehavior, zoom, zoomIdentity } from "d3-zoom";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { PageFinding, Picture, PictureChange, PictureNode } from "../data.ts";
import { FindingItem } from "./findings.tsx";

interface Props {
  readonly picture: Picture;
  readonly findings: readonly PageFinding[];
  /** What the picture leaves out, one sentence. */
  readonly note?: string;
}

/** The resources and what connects them. */
export function Topology(props: Props) {
  if (props.picture.nodes.length > 0) return <Explorer {...props} />;
  return (
    <section id="topology" aria-labelledby="topology-title">
      <h2 id="topology-title">Topology</h2>
      <p class="lead">Nothing here is drawn: no network, service, job, database, cache or load balancer.</p>
    </section>
  );
}

/** To pan, to zoom, to search, and to ask what depends on a resource. */
function Explorer({ picture, findings, note }: Props) {
  const [chosen, setChosen] = useState<string>();
  const [search, setSearch] = useState("");
  const { svg, canvas, step, fit, center } = useZoom(picture);
  const found = useMemo(() => matching(picture.nodes, search), [picture, search]);
  const lit = useMemo(() => (chosen === undefined ? undefined : around(picture, chosen)), [picture, chosen]);
  const node = picture.nodes.find(({ id }) => id === chosen);
  const findingsOf = useMemo(() => findingsByNode(picture, findings), [picture, findings]);
  const choose = (id: string): void => setChosen(id === chosen ? undefined : id);
  const close = (): void => {
    svg.current?.querySelector<SVGGElement>(".box.chosen")?.focus({ preventScroll: true });
    setChosen(undefined);
  };
  return (
    <section id="topology" aria-labelledby="topology-title">
      <div class="heading">
        <h2 id="topology-title">Topology</h2>
        <input
          class="search"
          type="search"
          placeholder="Find a resource"
          aria-label="Find a resource"
          value={search}
          onInput={({ currentTarget }) => setSearch(currentTarget.value)}
          onKeyDown={({ key }) => {
            const [first] = found;
            if (key !== "Enter" || search === "" || first === undefined) return;
            setChosen(first.id);
            center(first);
          }}
        />
        <span class="quiet" role="status">
          {search === "" ? "" : `${found.length} found`}
        </span>
        <span class="zooms">
          <button type="button" onClick={() => step(1.3)} aria-label="Zoom in">
            +
          </button>
          <button type="button" onClick={() => step(1 / 1.3)} aria-label="Zoom out">
            −
          </button>
          <button type="button" onClick={fit}>
            Fit
          </button>
        </span>
      </div>
      {picture.nodes.some(({ change }) => change !== undefined) && (
        <ul class="legend">
          {Object.entries(ACTIONS).map(([action, { sign, word }]) => (
            <li key={action}>
              <span class={`sample ${action}`} aria-hidden="true">
                {sign}
              </span>
              {word}
            </li>
          ))}
          <li>
            <span class="sample-edge added" aria-hidden="true" />
            new connection
          </li>
          <li>
            <span class="sample-edge removed" aria-hidden="true" />
            removed connection
          </li>
        </ul>
      )}
      {note !== undefined && <p class="quiet">{note}</p>}
      <p class="quiet hint">
        <span class="by-mouse">Drag to move the picture; Ctrl and the wheel zoom.</span>
        <span class="by-touch">Two fingers move and zoom the picture.</span>
      </p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what a box in it has opened */}
      <div
        class="stage"
        onKeyDown={({ key }) => {
          if (key === "Escape" && node !== undefined) close();
        }}
      >
        <svg
          ref={svg}
          class="picture"
          viewBox={`0 0 ${picture.width} ${picture.height}`}
          preserveAspectRatio="xMidYMin meet"
          aria-label="Topology of resources"
        >
          <defs>
            <marker
              id="arrow"
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="9"
              markerHeight="9"
              markerUnits="userSpaceOnUse"
              orient="auto-start-reverse"
            >
              <path d="M0,0.5L8,4L0,7.5Z" />
            </marker>
          </defs>
          <g ref={canvas} class={lit === undefined && search === "" ? "" : "focused"}>
            {picture.layers.map(({ title, x, y, width, height }) => (
              <g key={title} class={`layer layer-${title.toLowerCase()}`}>
                <rect x={x} y={y} width={width} height={height} rx={10} />
                <text x={x + 14} y={y + 20}>
                  {title}
                </text>
              </g>
            ))}
            {picture.edges.map(({ from, to, path, change }) => (
              <path
                key={`${from} ${to}`}
                class={`edge${lit?.edges.has(`${from} ${to}`) ? " lit" : ""}${change === undefined ? "" : ` ${change}`}`}
                d={path}
                marker-end="url(#arrow)"
              />
            ))}
            {picture.nodes.map((each) => (
              <Box
                key={each.id}
                node={each}
                isChosen={each.id === chosen}
                isLit={lit === undefined ? search !== "" && found.includes(each) : lit.nodes.has(each.id)}
                hasFindings={findingsOf(each).some(isOpen)}
                choose={() => choose(each.id)}
                reveal={() => center(each, true)}
              />
            ))}
          </g>
        </svg>
        {node !== undefined && (
          <Details
            picture={picture}
            node={node}
            findings={findingsOf(node)}
            choose={setChosen}
            close={close}
          />
        )}
      </div>
    </section>
  );
}

function isOpen({ waiver }: PageFinding): boolean {
  return waiver === undefined;
}

/** By address, and by stack where several have the address; a file with a line is no stack. */
function findingsByNode({ nodes }: Picture, findings: readonly PageFinding[]) {
  const origins = new Set(nodes.map(({ origin }) => origin));
  const byAddress = Map.groupBy(findings, ({ address }) => address);
  return ({ address, origin }: PictureNode): readonly PageFinding[] =>
    (address === "" ? [] : (byAddress.get(address) ?? [])).filter(
      (finding) => finding.origin === origin || !origins.has(finding.origin),
    );
}

function matching(nodes: readonly PictureNode[], search: string): PictureNode[] {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [];
  return nodes.filter(({ title, kind, address, lines }) => {
    const text = [title, kind, address, ...lines].join(" ").toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

/** The box, everything that depends on it over any number of arrows, and what it uses itself. */
function around({ edges }: Picture, id: string): { nodes: ReadonlySet<string>; edges: ReadonlySet<string> } {
  const nodes = new Set([id]);
  const lit = new Set<string>();
  for (const node of nodes)
    for (const { from, to } of edges)
      if (to === node) {
        nodes.add(from);
        lit.add(`${from} ${to}`);
      }
  for (const { from, to } of edges)
    if (from === id) {
      nodes.add(to);
      lit.add(`${from} ${to}`);
    }
  return { nodes, edges: lit };
}

interface BoxProps {
  readonly node: PictureNode;
  readonly isChosen: boolean;
  readonly isLit: boolean;
  readonly hasFindings: boolean;
  readonly choose: () => void;
  readonly reveal: () => void;
}

/** What plans do to a resource, by the sign of its badge. */
export const ACTIONS = {
  create: { sign: "+", word: "created" },
  update: { sign: "~", word: "changed" },
  replace: { sign: "±", word: "replaced" },
  destroy: { sign: "−", word: "destroyed" },
} as const;

function Box({ node, isChosen, isLit, hasFindings, choose, reveal }: BoxProps) {
  const { x, y, width, height, lines, title, change } = node;
  const action = change?.action;
  const [name = "", ...rest] = lines;
  const classes = ["box", isChosen && "chosen", isLit && "lit", action].filter(Boolean).join(" ");
  const left = x - width / 2;
  const top = y - height / 2;
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no button
    <g
      class={classes}
      role="button"
      tabIndex={0}
      aria-pressed={isChosen}
      aria-label={[
        lines.join(" "),
        name === title ? "" : title,
        action === undefined ? "" : ACTIONS[action].word,
        hasFindings ? "has findings" : "",
      ]
        .filter(Boolean)
        .join(", ")}
      onClick={choose}
      onFocus={reveal}
      onKeyDown={(event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        choose();
      }}
    >
      {name !== title && <title>{title}</title>}
      <rect x={left} y={top} width={width} height={height} rx={7} />
      {name !== "" && (
        <text class="name" x={x} y={top + 20}>
          {`${name} `}
        </text>
      )}
      {rest.map((line, index) => (
        <text key={index} class={index === 0 ? "kind" : "detail"} x={x} y={top + 20 + (index + 1) * 15}>
          {`${line} `}
        </text>
      ))}
      {action !== undefined && <Badge x={left + BADGE_INSET} y={top} text={ACTIONS[action].sign} />}
      {hasFindings && <Badge x={left + width - BADGE_INSET} y={top} text="!" />}
    </g>
  );
}

/** Badges of neighbours stay apart. */
const BADGE_INSET = 10;

function Badge({ x, y, text }: { readonly x: number; readonly y: number; readonly text: string }) {
  return (
    <g class="badge">
      <circle cx={x} cy={y} r={9} />
      <text x={x} y={y + 4}>
        {text}
      </text>
    </g>
  );
}

interface DetailsProps extends Props {
  readonly node: PictureNode;
  readonly choose: (id: string) => void;
  readonly close: () => void;
}

function Details({ picture, node, findings, choose, close }: DetailsProps) {
  const { title, kind, address, origin, sizes, change } = node;
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus({ preventScroll: true }), [node]);
  const linked = (
    ids: readonly { readonly id: string; readonly labels: readonly string[] }[],
    relation: string,
  ) =>
    ids.length > 0 && (
      <>
        <h4>{relation}</h4>
        <ul class="plain">
          {ids.map(({ id, labels }) => (
            <li key={id}>
              <button type="button" class="link" onClick={() => choose(id)}>
                {picture.nodes.find((each) => each.id === id)?.title}
              </button>
              {labels.length > 0 && <span class="quiet"> {labels.join(", ")}</span>}
            </li>
          ))}
        </ul>
      </>
    );
  return (
    <section class="details" aria-label={`About ${title}`}>
      <div class="heading">
        <h3 ref={heading} tabIndex={-1}>
          {title}
        </h3>
        <button type="button" onClick={close} aria-label="Close">
          ✕
        </button>
      </div>
      <p class="quiet">
        {kind}
        {change !== undefined && <strong>, {ACTIONS[change.action].word}</strong>}
      </p>
      {change !== undefined && <Change change={change} />}
      {address === "" ? (
        <p>Others manage it: it is named here, and not defined.</p>
      ) : (
        <dl>
          <dt>Terraform address</dt>
          <dd>
            <code>{address}</code>
          </dd>
          <dt>Defined in</dt>
          <dd>{origin}</dd>
        </dl>
      )}
      {findings.length > 0 && (
        <>
          <h4>Findings</h4>
          <ul class="findings">
            {findings.map((finding) => (
              <FindingItem key={`${finding.rule} ${finding.message}`} finding={finding} sign="!" />
            ))}
          </ul>
        </>
      )}
      {linked(
        picture.edges.filter(({ to }) => to === node.id).map(({ from, labels }) => ({ id: from, labels })),
        "Depends on it",
      )}
      {linked(
        picture.edges.filter(({ from }) => from === node.id).map(({ to, labels }) => ({ id: to, labels })),
        "It uses",
      )}
      {sizes.length > 0 && (
        <>
          <h4>Numbers</h4>
          <table>
            <tbody>
              {sizes.map(([path, value]) => (
                <tr key={path}>
                  <th scope="row">{path}</th>
                  <td class="number">{value}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}

function Change({ change: { impact, attributes } }: { readonly change: PictureChange }) {
  return (
    <>
      {impact.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {attributes.length > 0 && (
        <table>
          <tbody>
            {attributes.map(({ path, before, after, forcesReplacement }) => (
              <tr key={path}>
                <th scope="row">{path}</th>
                <td>
                  {before !== undefined && <del>{before}</del>} {after !== undefined && <ins>{after}</ins>}
                  {forcesReplacement && <strong> forces replacement</strong>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

/** Names can be read from here on. */
const LEAST_SCALE = 0.5;

/** Wheel and drag of d3-zoom, with buttons for those who have neither. */
function useZoom({ width, height, nodes }: Picture) {
  const svg = useRef<SVGSVGElement>(null);
  const canvas = useRef<SVGGElement>(null);
  const behavior = useRef<ZoomBehavior<SVGSVGElement, unknown>>(undefined);
  useEffect(() => {
    const [outer, inner] = [svg.current, canvas.current];
    if (outer === null || inner === null) return;
    behavior.current = zoom<SVGSVGElement, unknown>()
      .scaleExtent([0.2, 12])
      .extent([
        [0, 0],
        [width, height],
      ])
      // The wheel and one finger scroll the page: with Ctrl the wheel zooms, and two fingers move and zoom.
      .filter(
        (event: Event) =>
          !("button" in event && event.button !== 0) &&
          (event.type !== "wheel" || (event as WheelEvent).ctrlKey) &&
          !("touches" in event && (event as TouchEvent).touches.length < 2),
      )
      .on("zoom", ({ transform }) => inner.setAttribute("transform", String(transform)));
    const selection = select(outer).call(behavior.current).on("dblclick.zoom", null);
    // On a telephone the whole would be too small to read: it begins with a part.
    const scale = Math.min(outer.clientWidth / width, outer.clientHeight / height);
    if (scale < LEAST_SCALE) {
      behavior.current.scaleTo(selection, LEAST_SCALE / scale);
      const half = outer.clientWidth / LEAST_SCALE / 2;
      const first = nodes[0]?.x ?? 0;
      behavior.current.translateTo(selection, Math.max(half, Math.min(first, width - half)), 0, [
        width / 2,
        0,
      ]);
    }
  }, [width, height, nodes]);
  const change = (
    apply: (to: ZoomBehavior<SVGSVGElement, unknown>, selection: ReturnType<typeof selected>) => void,
  ): void => {
    if (behavior.current !== undefined && svg.current !== null)
      apply(behavior.current, selected(svg.current));
  };
  return {
    svg,
    canvas,
    step: (factor: number) => change((to, selection) => to.scaleBy(selection, factor)),
    fit: () => change((to, selection) => to.transform(selection, zoomIdentity)),
    /** Moves a box into the middle; with `onlyHidden` one that can be seen stays where it is. */
    center: ({ x, y }: PictureNode, onlyHidden = false) => {
      change((to, selection) => {
        if (onlyHidden && isVisible(svg.current, canvas.current, x, y)) return;
        to.translateTo(selection, x, y);
      });
    },
  };
}

function selected(svg: SVGSVGElement) {
  return select<SVGSVGElement, unknown>(svg);
}

function isVisible(svg: SVGSVGElement | null, canvas: SVGGElement | null, x: number, y: number): boolean {
  const matrix = canvas?.getScreenCTM();
  if (!matrix || svg === null) return true;
  const point = new DOMPoint(x, y).matrixTransform(matrix);
  const box = svg.getBoundingClientRect();
  return point.x > box.left && point.x < box.right && point.y > box.top && point.y < box.bottom;
}
