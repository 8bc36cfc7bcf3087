// Labels of edges: one that would lie on a node or on another label is shortened, else left out.

const mostLabels = 300; // of more edges than that none shows its label until some are chosen
const labelHeight = 17;

// A rectangle by its middle, half its sides, and its angle.
const box = (x, y, wide, high, angle = 0) => ({ x, y, wide, high, across: [Math.cos(angle), Math.sin(angle)] });

// Two rectangles are apart where a line along a side of one of them has them apart.
function overlap(one, other) {
  const apart = [other.x - one.x, other.y - one.y];
  const along = ([a, b], [c, d]) => Math.abs(a * c + b * d);
  const turned = ([a, b]) => [-b, a];
  const reach = ({ wide, high, across }, axis) => wide * along(across, axis) + high * along(turned(across), axis);
  const axes = [one.across, turned(one.across), other.across, turned(other.across)];
  return axes.every((axis) => along(apart, axis) < reach(one, axis) + reach(other, axis));
}

function boxOfNode(id) {
  const { x, y, shape } = network.body.nodes[id];
  return box(x, y, shape.width / 2 + 3, shape.height / 2 + 3);
}

function boxOfLabel(edge, wide) {
  const drawn = network.body.edges[edge.id];
  const middle = drawn.edgeType.getPoint(0.5);
  const angle = Math.atan2(drawn.to.y - drawn.from.y, drawn.to.x - drawn.from.x);
  return box(middle.x, middle.y, wide / 2 + 3, labelHeight / 2, angle);
}

function hideCrowdedLabels(reading) {
  network.redraw(); // boxes and curves are known once they were drawn
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `12px ${css("--sans")}`;
  const neighbours = neighboursOfSelection();
  const taken = reading.nodes.getIds().filter((id) => !neighbours || neighbours.has(idOfDrawn(id))).map(boxOfNode);
  const labels = shownEdges.map(({ edge, rows }) => {
    if (!isNearEdge(edge) || edge.from === edge.to) return { id: edge.id, label: " " };
    const candidates = state.reading === "told" ? [edgeLabel(edge, rows)] : [edgeLabel(edge, rows), eventLabel(edge.key)];
    const free = candidates.find((label) => {
      const place = boxOfLabel(edge, pen.measureText(label).width);
      if (taken.some((other) => overlap(place, other))) return false;
      taken.push(place);
      return true;
    });
    return { id: edge.id, label: free || " " };
  });
  reading.edges.update(labels);
}
