// fast-xml-parser, in Node and in the browser alike: to one object a user.
import { XMLParser } from "fast-xml-parser";

export function users(xml) {
  const parser = new XMLParser({
    ignoreAttributes: false, attributeNamePrefix: "", removeNSPrefix: true, parseTagValue: false,
    isArray: (name) => name === "licensedUser",
  });
  const { Body } = parser.parse(xml).Envelope;
  return Body.listLicensedUserResponse.return.licensedUser.map((user) => ({
    uuid: user.uuid,
    userId: user.userId,
    firstName: user.firstName,
    lastName: user.lastName,
    snrEnabled: user.snrEnabled === "true",
    emEnabled: user.emEnabled === "true",
    deviceCount: Number(user.deviceCount),
    licenseType: user.licenseType,
    licenseUsed: Number(user.licenseUsed),
  }));
}
