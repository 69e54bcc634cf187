import { subscribe } from "node:diagnostics_channel";
import type { Server } from "node:http";

/**
 * Jest's setup of every test file: servers of a test's process never close an idle connection. After 5 s, which pass on
 * a busy machine, they would, under a client for which no time passes (no-time.mjs) and which sends its next request there.
 */
subscribe("http.server.request.start", (message) => {
  (message as { server: Server }).server.keepAliveTimeout = 0;
});
