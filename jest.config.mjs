/** Tests run on CommonJS made by swc; the app itself runs natively on Node (docs/decisions). */
export default {
  testEnvironment: "<rootDir>/test/support/google-api/environment.cjs",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  // Most of them wait for what they started: all cores, the one that jest keeps for itself included.
  maxWorkers: "100%",
  // Tests that start processes wait for them however busy the machine is.
  testTimeout: 120_000,
  setupFiles: ["<rootDir>/test/support/without-stack-traces.cjs"],
  setupFilesAfterEnv: ["<rootDir>/test/support/google-api/watch.ts"],
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
