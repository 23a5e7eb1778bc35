// Seatree's elements in React 19, which sets properties and listens to events of custom elements by
// itself. With React 18 set `token` and listen in an effect, by a ref.
import { useEffect, useRef } from "react";

/**
 * The licenses that a visitor may see. `token` gives their token or a promise of one, `onSelect` is
 * told of the row that they look at.
 */
export function Licenses({ seatree, edge, connection, scope, token, onSelect }) {
  const tree = useRef(null);

  // The script that defines the elements; a page that loads it twice is none the worse.
  useEffect(() => {
    import(/* @vite-ignore */ new URL("embed.js", seatree).href);
  }, [seatree]);

  // The summary names what to look at, the tree shows it.
  const show = ({ detail }) => tree.current.reveal(detail.id);

  return (
    <>
      <seatree-summary edge={edge} connection={connection} scope={scope} token={token} onseatree-select={show} />
      <seatree-tree
        ref={tree}
        edge={edge}
        connection={connection}
        scope={scope}
        height="520"
        token={token}
        onseatree-select={({ detail }) => onSelect?.(detail)}
      />
    </>
  );
}
