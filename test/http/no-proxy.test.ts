import { describe, expect, test } from "@jest/globals";
import { isPastProxy, noProxyOf } from "../../http/no-proxy.ts";

const past = (host: string, noProxy: string, port = 443): boolean => isPastProxy({ host, port }, noProxy);

/** The kind of fault: Terraform goes past the proxy, and a command of ours does not, or the other way round. */
describe("NO_PROXY, read as Terraform reads it", () => {
  test.each<[noProxy: string, direct: readonly string[], proxied: readonly string[]]>([
    ["", [], ["run.googleapis.com", "10.0.0.7"]],
    ["*", ["run.googleapis.com", "10.0.0.7", "::2"], []],
    ["example.com, *", ["run.googleapis.com"], []],
    [
      "googleapis.com",
      ["googleapis.com", "run.googleapis.com"],
      ["notgoogleapis.com", "googleapis.com.evil"],
    ],
    [".googleapis.com", ["run.googleapis.com"], ["googleapis.com"]],
    ["*.googleapis.com", ["run.googleapis.com", "a.b.googleapis.com"], ["googleapis.com"]],
    ["localhost, GoogleAPIs.com ,,", ["RUN.googleapis.com"], ["example.com"]],
    ["googleapis.com:443", ["run.googleapis.com"], []],
    ["googleapis.com:8443", [], ["run.googleapis.com"]],
    ["10.0.0.7", ["10.0.0.7"], ["10.0.0.70", "110.0.0.7"]],
    ["10.0.0.7:443", ["10.0.0.7"], []],
    ["10.0.0.7:80", [], ["10.0.0.7"]],
    ["10.0.0.0/8", ["10.255.0.1"], ["11.0.0.1", "ten.example"]],
    ["10.0.0.0/33,10.0.0.0/,/8,10.0.0.0/x,example.com/8", [], ["10.0.0.1", "example.com"]],
    ["fd00::/8,::2", ["fd12::1", "::2"], ["fe80::1", "10.0.0.7"]],
    ["[fd00::1]:443,::/0", ["fd00::1", "fd00::3"], ["10.0.0.7"]],
    ["googleapis.com:", ["run.googleapis.com"], []],
    ["oogleapis.com,com.", [], ["run.googleapis.com"]],
    [".,:,*.,*:443,**", [], ["run.googleapis.com"]],
    ["exampl(.*,[,]", [], ["example.com"]],
  ])("%j", (noProxy, direct, proxied) => {
    for (const host of direct) expect([host, past(host, noProxy)]).toEqual([host, true]);
    for (const host of proxied) expect([host, past(host, noProxy)]).toEqual([host, false]);
  });

  test("a port is that of the request", () => {
    expect(past("gitlab.example.com", "example.com:8443", 8443)).toBe(true);
    expect(past("gitlab.example.com", "example.com:8443", 443)).toBe(false);
  });

  test("this machine itself has no proxy", () => {
    for (const host of ["localhost", "LOCALHOST", "127.0.0.1", "127.1.2.3", "::1"])
      expect([host, past(host, "")]).toEqual([host, true]);
    expect(past("localhost.example.com", "")).toBe(false);
  });

  test("the variable in capitals is the first, as an empty one is none", () => {
    expect(noProxyOf({ NO_PROXY: "a", no_proxy: "b" })).toBe("a");
    expect(noProxyOf({ NO_PROXY: "", no_proxy: "b" })).toBe("b");
    expect(noProxyOf({})).toBe("");
  });
});
