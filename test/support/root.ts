import path from "node:path";

export const ROOT = path.resolve(__dirname, "../..");
/** The Node that the project brings along. */
export const NODE = path.join(ROOT, "node_modules/node/bin/node");
/** Arguments of Node: deploy-child.ts from a bundle, because loading its modules takes longer than its work. */
export const DEPLOY_CHILD = [path.join(ROOT, "tools/start.mjs"), "test/support/deploy-child.ts"];
