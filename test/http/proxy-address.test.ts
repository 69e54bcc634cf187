import { expect, test } from "@jest/globals";
import { proxyProblem } from "../../http/proxy-address.ts";

test.each([
  "http://proxy.example:3128",
  "https://proxy.example",
  "http://al:p%40ss@10.0.0.1:80/",
  "http://[::1]:3128",
])("%s is the address of a proxy", (written) => {
  expect(proxyProblem({ HTTPS_PROXY: written })).toBeUndefined();
  expect(proxyProblem({ HTTPS_PROXY: "", http_proxy: written })).toBeUndefined();
});

// The kind: what the library of requests throws at, or takes for another place; its error would show the password.
test.each([
  "al:hunter2@127.0.0.1:9",
  "socks5://al:hunter2@127.0.0.1:9",
  "http://al:hunter2@127.0.0.1:99999",
  "http://al:hunter2#a@127.0.0.1:9",
  "http://al:hunter2%te@127.0.0.1:9",
  "http://[::1:hunter2",
  " ",
])("%j is none, and is not shown", (written) => {
  const problem = proxyProblem({ https_proxy: written });
  expect(problem).toMatch(/^https_proxy is no address of a proxy: write http:\/\/HOST:PORT/);
  expect(problem).not.toContain("hunter2");
});

test("no proxy is none", () => {
  expect(proxyProblem({})).toBeUndefined();
  expect(proxyProblem({ HTTPS_PROXY: "", https_proxy: undefined })).toBeUndefined();
});
