import fc from "fast-check";
import { isIP } from "node:net";
import { describe, expect, it } from "vitest";
import { addressBlock, clientAddress } from "./client-address";

const from = (value: string, trustedProxies = 1) =>
  clientAddress(new Headers({ "x-forwarded-for": value }), { header: "x-forwarded-for", trustedProxies });

describe("clientAddress", () => {
  it.each([
    ["203.0.113.7", "203.0.113.7"],
    ["203.0.113.7:4711", "203.0.113.7"],
    ["[2001:DB8::1]:4711", "2001:db8::1"],
    ["6.6.6.6, 203.0.113.7", "203.0.113.7"],
    ["unknown", null],
    ["", null],
  ])("reads %j", (value, address) => expect(from(value)).toBe(address));

  it("believes what the outermost of our proxies wrote, never what stands left of it", () => {
    expect(from("6.6.6.6, 203.0.113.7, 10.0.0.2", 2)).toBe("203.0.113.7");
    expect(from("203.0.113.7", 2)).toBe("203.0.113.7");
  });

  it("reads the header that is set, and no other", () => {
    const headers = new Headers({ "x-forwarded-for": "6.6.6.6", "cf-connecting-ip": "203.0.113.7" });
    expect(clientAddress(headers, { header: "cf-connecting-ip", trustedProxies: 1 })).toBe("203.0.113.7");
  });

  it("gives an address or null for anything at all", () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.stringMatching(/^[\x21-\x7e]*$/)), (value) => {
        const address = from(value);
        expect(address === null || isIP(address) > 0).toBe(true);
      }),
    );
  });
});

describe("addressBlock", () => {
  it.each([
    ["203.0.113.7", "203.0.113.7"],
    ["::ffff:203.0.113.7", "203.0.113.7"],
    ["2001:db8:0:1:aaaa::1", "2001:db8:0:1::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["2001:0db8:0000:0001:0:0:0:2", "2001:db8:0:1::/64"],
    ["::1", "0:0:0:0::/64"],
  ])("takes %s for %s", (address, block) => expect(addressBlock(address)).toBe(block));

  it("is one for every address of a network", () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[0-9a-f]{1,4}$/), { minLength: 8, maxLength: 8 }), (groups) => {
        const other = [...groups.slice(0, 4), "1", "2", "3", "4"];
        expect(addressBlock(groups.join(":"))).toBe(addressBlock(other.join(":")));
      }),
    );
  });
});
