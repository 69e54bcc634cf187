import { beforeAll, describe, expect, test } from "@jest/globals";
import { topologyDot } from "../../analysis/topology/dot.ts";
import { topology } from "../../analysis/topology/topology.ts";
import type { Environment } from "../../platform/schema/environment.ts";
import { shapes } from "../fixtures/shapes.ts";
import { browserPages } from "../support/browser.ts";
import { changedShape } from "../support/changed-shape.ts";
import { environment, production } from "../support/environments.ts";
import { describeWith } from "../support/programs.ts";
import { synthesisOf } from "../support/synthesized.ts";

const subjects: readonly Environment[] = [
  environment(),
  production(),
  ...Object.keys(shapes).map((name) => changedShape(name).environment()),
];

const pictures = new Map<string, string>();
beforeAll(async () => {
  const viz = await (await import("@viz-js/viz")).instance();
  for (const subject of subjects) {
    const dot = topologyDot(subject.name, topology(synthesisOf(subject).graph(subject)));
    pictures.set(subject.name, viz.renderString(dot, { format: "svg" }));
  }
});

function pictureOf(name: string): string {
  return pictures.get(name) ?? "";
}

describe.each(subjects)("the picture of $name", ({ name }) => {
  test("is as wide as a page in landscape is: 1.4 to 2 times its height", () => {
    const [, width, height] = /<svg width="(\d+)pt" height="(\d+)pt"/.exec(pictureOf(name)) ?? [];
    const ratio = Number(width) / Number(height);
    expect(ratio).toBeGreaterThanOrEqual(1.4);
    expect(ratio).toBeLessThanOrEqual(2);
  });

  test("has one arrow from a box to another, with a line for each way", () => {
    const arrows = [...pictureOf(name).matchAll(/<title>(\w+&#45;&gt;\w+)<\/title>/g)].map(
      ([, ends]) => ends,
    );
    expect(new Set(arrows).size).toBe(arrows.length);
  });
});

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Box {
  readonly frame: Rectangle;
  readonly texts: readonly Rectangle[];
}

/** Of each box of a picture its frame and what is written in it, as the browser lays them out with its own fonts. */
const BOXES = `[...document.querySelectorAll("svg")].map((svg) =>
  [...svg.querySelectorAll("g.node")].map((node) => {
    const rectangle = (element) => {
      const { x, y, width, height } = element.getBBox();
      return { x, y, width, height };
    };
    return {
      frame: rectangle(node.querySelector("path, polygon")),
      texts: [...node.querySelectorAll("text")].map(rectangle),
    };
  }),
)`;

function isInside({ frame, texts }: Box): boolean {
  return texts.every(
    ({ x, y, width, height }) =>
      x >= frame.x &&
      x + width <= frame.x + frame.width &&
      y >= frame.y &&
      y + height <= frame.y + frame.height,
  );
}

/** Lines are one below the other, with room between their letters of 9 points. */
function isSpaced({ texts }: Box): boolean {
  const lines = texts.map(({ y, height }) => y + height);
  return lines.every((line, index) => index === 0 || line - (lines[index - 1] ?? 0) >= 10);
}

describeWith(["chromium"], "in a browser", () => {
  const pages = browserPages();

  test("every label of every picture is inside its box, and no line overprints another", async () => {
    const all = subjects.map(({ name }) => pictureOf(name).replace(/^[\s\S]*?(?=<svg)/, ""));
    const page = await pages.open(`<!doctype html>${all.join("\n")}`);
    const found = await page.evaluate<Box[][]>(BOXES);
    expect(found.map((boxes) => boxes.length > 0)).toEqual(subjects.map(() => true));
    for (const [index, boxes] of found.entries())
      expect([subjects[index]?.name, boxes.filter((box) => !isInside(box) || !isSpaced(box))]).toEqual([
        subjects[index]?.name,
        [],
      ]);
  });
});
