import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "@jest/globals";

const keptOpen = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  await (await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)).text();
  await new Promise((resolve) => server.close(resolve));
  return server.keepAliveTimeout;
};

test("a server of a test never closes an idle connection, whatever it was given", async () => {
  const answering = () => createServer((_, response) => void response.end());
  expect(await keptOpen(answering())).toBe(0);
  expect(await keptOpen(Object.assign(answering(), { keepAliveTimeout: 5 }))).toBe(0);
});
