// XML in the browser without Seatree: DOMParser, or fast-xml-parser; walked to one object a user.
import { users } from "../fast-xml-parser.mjs";

const text = (bytes) => {
  const start = performance.now();
  const text = new TextDecoder().decode(bytes);
  return { text, textMs: performance.now() - start };
};

export function domParser({ bytes }) {
  const { text: xml, textMs } = text(bytes);
  const parsed = new DOMParser().parseFromString(xml, "text/xml");
  const list = [];
  for (const element of parsed.getElementsByTagName("licensedUser")) {
    const fields = {};
    for (let child = element.firstElementChild; child; child = child.nextElementSibling) {
      fields[child.localName] = child.textContent;
    }
    list.push({
      uuid: element.getAttribute("uuid"),
      userId: fields.userId,
      firstName: fields.firstName,
      lastName: fields.lastName,
      snrEnabled: fields.snrEnabled === "true",
      emEnabled: fields.emEnabled === "true",
      deviceCount: Number(fields.deviceCount),
      licenseType: fields.licenseType,
      licenseUsed: Number(fields.licenseUsed),
    });
  }
  return { textMs, look: () => counted(list) };
}

export function fastXmlParser({ bytes }) {
  const { text: xml, textMs } = text(bytes);
  const list = users(xml);
  return { textMs, look: () => counted(list) };
}

function counted(list) {
  return { items: list.length, sum: list.reduce((sum, user) => sum + user.licenseUsed, 0) };
}
