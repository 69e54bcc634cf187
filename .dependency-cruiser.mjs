/** Who may import whom: the rooms of the house. */
const rooms = [
  "platform",
  "environments",
  "constructs",
  "mesh",
  "stacks",
  "rules",
  "google",
  "gate",
  "probe",
  "review",
  "validation",
  "rollout",
  "commands",
  "test",
  "tools",
  "bench",
];

/** A room may import itself, packages, and the rooms named. */
const room = (name, allowed) => ({
  name: `${name}-imports-only-${allowed.join("-and-") || "packages"}`,
  severity: "error",
  from: { path: `^${name}/` },
  to: {
    path: `^(${rooms.filter((other) => other !== name && !allowed.includes(other)).join("|")}|main\\.ts)`,
  },
});

export default {
  forbidden: [
    room("platform", []),
    room("environments", ["platform"]),
    room("constructs", ["platform"]),
    room("mesh", ["platform"]),
    room("stacks", ["constructs", "mesh", "platform"]),
    // A second proof that shared the first one's code would prove nothing.
    room("rules", ["platform"]),
    room("probe", ["platform"]),
    room("google", ["platform"]),
    room("gate", ["platform", "google"]),
    room("review", ["platform", "rules"]),
    room("validation", ["platform", "google"]),
    room("rollout", ["platform"]),
    room(
      "commands",
      rooms.filter((name) => !["commands", "test", "tools", "bench"].includes(name)),
    ),
    {
      name: "platform-and-rules-know-no-cdktf",
      severity: "error",
      from: { path: "^(platform|rules)/" },
      to: { path: "node_modules/(cdktf|constructs|@cdktf/provider-google)/" },
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
      comment: "the grammar of expressions is mutually recursive, and so is the code that evaluates it",
      severity: "error",
      from: { pathNot: "^rules/graph/" },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { extensions: [".ts", ".mjs", ".js", ".json"] },
  },
};
