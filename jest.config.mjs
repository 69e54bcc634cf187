import { availableParallelism } from "node:os";

/** Tests run on CommonJS made by swc; the app itself runs natively on Node (docs/decisions). */
export default {
  testEnvironment: "<rootDir>/test/support/google-api/environment.cjs",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  // Many of them wait for what they started: half as many more as there are cores. Of percentages jest takes 100 at most.
  maxWorkers: Math.ceil(1.5 * availableParallelism()),
  // Tests that start processes wait for them however busy the machine is.
  testTimeout: 120_000,
  setupFiles: ["<rootDir>/test/support/without-stack-traces.cjs"],
  setupFilesAfterEnv: [
    "<rootDir>/test/support/google-api/watch.ts",
    "<rootDir>/test/support/time/idle-connections.ts",
  ],
  testSequencer: "<rootDir>/test/support/longest-first.cjs",
  resolver: "<rootDir>/test/support/resolver.cjs",
  transformIgnorePatterns: [
    "/node_modules/(?!@?kubernetes-models/|commander/|is-cidr/|cidr-regex/|gaxios/|node-fetch/|fetch-blob/|formdata-polyfill/|data-uri-to-buffer/)",
  ],
  transform: {
    "^.+\\.[jt]s$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2023" }, module: { type: "commonjs" } },
    ],
  },
};
