import type { Node, Topology } from "../analysis/topology/picture.ts";
import { topology } from "../analysis/topology/topology.ts";
import { excerpts } from "../reporting/excerpt.ts";
import { rawPlan } from "../review/report/raw-plan.ts";
import type { ReviewedChange } from "../review/review.ts";
import type { Comparison } from "../review/review-plans.ts";
import type { PictureChange, ReviewData } from "./data.ts";
import { pageFindings } from "./environment-data.ts";
import type { Drawing } from "./layout.ts";

/** What the page of a review shows in addition to its picture. */
export function reviewData({ review, after }: Comparison, today: string): Omit<ReviewData, "picture"> {
  const {
    environment,
    verdict,
    reasons,
    planWarnings,
    upgrade,
    stacks,
    destructive,
    budgets,
    findings,
    waived,
  } = review;
  return {
    kind: "review",
    name: environment,
    today,
    verdict,
    reasons,
    planWarnings: [...planWarnings, ...(upgrade === undefined ? [] : [upgrade])],
    destructive,
    budgets,
    findings: pageFindings(findings, waived),
    resources: after.all().length,
    stacks: stacks.map((stack) => ({
      name: stack.name,
      ...(stack.failure === undefined ? {} : { failure: stack.failure }),
      changes: stack.changes.map(({ address, action, impact }) => ({ address, action, impact })),
      unchanged: stack.unchanged,
      plan: rawPlan(stack),
    })),
  };
}

/** What there will be, and what the plans remove, with what they do to each. */
export function changeDrawing({ review, before, after }: Comparison): Drawing {
  const [old, now] = [topology(before), topology(after)];
  const changes = review.stacks.flatMap(({ changes }) => changes);
  const present = new Map(now.nodes.map((node) => [nameOf(node), node.id]));
  const removed = old.nodes.filter((node) => !present.has(nameOf(node)));
  // The same box has one id on both sides.
  const idBefore = new Map(
    old.nodes.map((node) => [node.id, present.get(nameOf(node)) ?? `before-${node.id}`]),
  );
  const edgesBefore = old.edges.map(({ from, to, label }) => ({
    from: idBefore.get(from) ?? from,
    to: idBefore.get(to) ?? to,
    label,
  }));
  const [wereThere, areThere] = [edgesBefore, now.edges].map((edges) => new Set(edges.map(keyOf)));
  return {
    nodes: [
      ...now.nodes.map((node) => ({ ...node, ...changeOf(node, changes) })),
      ...removed.map((node) => ({
        ...node,
        id: idBefore.get(node.id) ?? node.id,
        ...(changeOf(node, changes) ?? {
          change: { action: "destroy" as const, impact: [], attributes: [] },
        }),
      })),
    ],
    edges: [
      ...now.edges.map((edge) =>
        wereThere?.has(keyOf(edge)) ? edge : { ...edge, change: "added" as const },
      ),
      ...edgesBefore
        .filter((edge) => !areThere?.has(keyOf(edge)))
        .map((edge) => ({ ...edge, change: "removed" as const })),
    ],
  };
}

/** By its name and kind: a new Terraform address changes nothing. */
function nameOf({ lines: [title = "", kind = ""] }: Node): string {
  return `${kind} ${title}`;
}

function keyOf({ from, to, label }: Topology["edges"][number]): string {
  return JSON.stringify([from, to, label]);
}

function changeOf(
  { resource }: Node,
  changes: readonly ReviewedChange[],
): { change: PictureChange } | undefined {
  if (resource === undefined) return undefined;
  const own = changes.filter(({ address, deposed }) => address === resource.address && deposed === undefined);
  const { action, impact, attributes } = own.find(({ stack }) => stack === resource.origin) ?? own[0] ?? {};
  if (action === undefined || action === "none" || action === "forget") return undefined;
  return {
    change: {
      action,
      impact: impact ?? [],
      attributes: (attributes ?? []).map(({ path, before, after, forcesReplacement }) => {
        const [was, is] = excerpts(before, after);
        return { path, before: was, after: is, forcesReplacement };
      }),
    },
  };
}
