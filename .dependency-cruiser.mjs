/** Who may import whom: the rooms, as rooms.ts lists them. */
import { doors, outside, rooms } from "./rooms.ts";

const all = [...Object.keys(rooms), ...outside];

/** A room may import itself, packages, and the rooms named. */
const room = (name, allowed) => ({
  name: `${name}-imports-only-${allowed.join("-and-") || "packages"}`,
  severity: "error",
  from: { path: `^${name}/` },
  to: {
    path: `^((${all.filter((other) => other !== name && !allowed.includes(other)).join("|")})/|main\\.ts)`,
  },
});

export default {
  forbidden: [
    ...Object.entries(rooms).map(([name, allowed]) => room(name, allowed)),
    room("commands", Object.keys(rooms)),
    ...doors.map((name) => ({
      name: `${name}-has-one-door`,
      severity: "error",
      from: { pathNot: `^(test/)?${name}/` },
      to: { path: `^${name}/`, pathNot: `^${name}/index\\.ts$` },
    })),
    {
      name: "facts-and-rules-know-no-cdktf",
      severity: "error",
      from: { path: "^(platform|resources|graph|analysis|rules)/" },
      to: { path: "node_modules/(cdktf|constructs|@cdktf/provider-google)/" },
    },
    {
      name: "catalogue-without-facts",
      comment: "the page's program holds the catalogue, and the facts are read from files",
      severity: "error",
      from: { path: "^resources/", pathNot: "^resources/facts/" },
      to: { path: "^resources/facts/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "provider-classes-by-deep-import",
      comment: "the barrel costs seconds and gigabytes",
      severity: "error",
      from: {},
      to: { path: "node_modules/@cdktf/provider-google/lib/index\\.js$" },
    },
    {
      name: "no-circles",
      comment: "expressions hold templates, and templates expressions",
      severity: "error",
      from: { pathNot: "^graph/expression/(parse|template)\\.ts$" },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    // TypeScript 7 has no API that it could use; swc sees type-only imports as well.
    parser: "swc",
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { extensions: [".ts", ".tsx", ".mjs", ".js", ".json"] },
  },
};
