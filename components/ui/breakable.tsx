import { Fragment } from "react";
import { nameParts } from "./name-parts";

/** `lambda:GetFunctionConfiguration`, which breaks between its words where it has to. Copied, it is whole. */
export function Breakable({ name }: { name: string }) {
  return nameParts(name).map((part, at) => (
    <Fragment key={at}>
      {at > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
