// The planning desk: what is chosen on the board is marked on the map, and the other way round; whoever is let
// go of on another run leads to the page that says what it would mean. The board does all of it without this.

const ground = document.getElementById("map");
const said = document.getElementById("map-said");
const words = ground.dataset;
const COLOURS = ["#417a6c", "#1d70b8", "#942514", "#4c2c92", "#8a6d00", "#28788f", "#ab3672", "#505a5f"];
const STREETS = [["#d9a441", 5], ["#e6c173", 4], ["#c9cdc6", 3.5], ["#d4d7d1", 2.5], ["#e0e3de", 1.5]];
const [NEAREST, EXTENT, SIDE, NEAR] = [14, 1024, 256, 30];
const map = L.map(ground, { preferCanvas: true, zoomControl: false, attributionControl: false, maxZoom: 18, zoomSnap: 0.5 });
const lines = new Map();
const homes = L.layerGroup().addTo(map);
const carried = L.layerGroup().addTo(map);
let [chosen, places, moving] = [Number(words.run) || 0, [], null];

L.control.zoom({ zoomInTitle: words.in, zoomOutTitle: words.out }).addTo(map);
if (words.streets) {
  const credit = Object.assign(document.createElement("a"), { href: words.link, textContent: words.credit });
  L.control.attribution({ prefix: false }).addAttribution(credit.outerHTML).addTo(map);
  new (L.GridLayer.extend({ createTile: drawStreets }))({ maxZoom: 18, tileSize: SIDE }).addTo(map);
}

// Nearer than tiles go, a part of one is drawn larger.
function drawStreets(at, done) {
  const [canvas, sharp] = [L.DomUtil.create("canvas"), window.devicePixelRatio || 1];
  Object.assign(canvas, { width: SIDE * sharp, height: SIDE * sharp });
  const past = Math.max(0, at.z - NEAREST);
  const [x, y] = [at.x >> past, at.y >> past];
  const times = (2 ** past * SIDE * sharp) / EXTENT;
  const address = words.streets.replace("/0/1/2/", `/${at.z - past}/${x}/${y}/`);
  fetch(address).then((answer) => (answer.ok ? answer.json() : [])).then((rows) => {
    const pen = canvas.getContext("2d");
    pen.setTransform(times, 0, 0, times, -(at.x - (x << past)) * SIDE * sharp, -(at.y - (y << past)) * SIDE * sharp);
    for (const [broad, ...points] of rows) {
      [pen.strokeStyle, pen.lineWidth] = [STREETS[broad][0], ((STREETS[broad][1] * sharp) / times) * (1 + past / 2)];
      pen.lineJoin = pen.lineCap = "round";
      pen.beginPath();
      for (let i = 0; i < points.length; i += 2) pen.lineTo(points[i], points[i + 1]);
      pen.stroke();
    }
    done(null, canvas);
  }).catch(() => done(null, canvas));
  return canvas;
}

const icon = (kind, size) => L.divIcon({ className: `mh-place mh-place--${kind}`, iconSize: [size, size] });

function showPlaces({ features, hidden }) {
  places = features.map(({ geometry, properties }) => ({ ...properties, at: L.GeoJSON.coordsToLatLng(geometry.coordinates) }));
  for (const { kind, name, at } of places.filter((each) => each.kind !== "home")) {
    L.marker(at, { icon: icon(kind, 14), keyboard: false, title: name, interactive: true }).bindTooltip(name).addTo(map);
  }
  if (hidden) document.getElementById("map-hidden").textContent = `${words.hidden} ${hidden}.`;
  if (places.length) map.fitBounds(L.latLngBounds(places.map((each) => each.at)).pad(0.1), { animate: false });
  else map.setView([52.5, -2], 7);
  for (const each of places.filter((one) => one.kind === "home")) {
    const dot = L.circleMarker(each.at, { radius: each.run ? 3 : 6, color: "#0b0c0c", weight: 1, fillColor: each.run ? COLOURS[each.run % 8] : "#fff", fillOpacity: 1 });
    dot.bindTooltip(each.who).on("click", () => (each.run ? choose(each.run) : go(each.move, ""))).addTo(homes);
  }
  mark();
}

function showLines({ features, drawn }) {
  for (const line of lines.values()) line.remove();
  lines.clear();
  for (const { geometry, properties } of features) {
    const line = L.polyline(L.GeoJSON.coordsToLatLngs(geometry.coordinates), { color: COLOURS[properties.run % 8], weight: 3, opacity: 0.7 });
    line.bindTooltip(properties.called, { sticky: true }).on("click", () => choose(properties.run)).addTo(map);
    lines.set(properties.run, line);
  }
  if (drawn === "WAITS") setTimeout(loadLines, 1500);
  if (drawn === "STRAIGHT") document.getElementById("map-straight").textContent = words.straight;
  ground.dataset.drawn = drawn;
  mark();
}

// The run that is chosen stands out, and whoever is on it can be taken hold of.
function mark() {
  for (const [run, line] of lines) line.setStyle(run === chosen ? { weight: 7, opacity: 1 } : { weight: 3, opacity: chosen ? 0.35 : 0.7 });
  lines.get(chosen)?.bringToFront();
  carried.clearLayers();
  for (const each of places.filter((one) => one.kind === "home" && one.run === chosen && chosen)) {
    const held = L.marker(each.at, { icon: icon("home", 18), draggable: Boolean(each.move), title: each.who, alt: each.who });
    held.bindTooltip(each.who).addTo(carried);
    if (!each.move) continue;
    held.on("click keypress", (event) => (event.type === "click" || event.originalEvent.key === "Enter") && go(each.move, ""));
    held.on("dragend", () => {
      const run = runAt(map.latLngToContainerPoint(held.getLatLng()), each.run);
      run ? go(each.move, run) : (held.setLatLng(each.at), (said.textContent = words.nobody));
    });
  }
  for (const row of document.querySelectorAll("tr[data-run]")) {
    const here = Number(row.dataset.run) === chosen;
    row.classList.toggle("mh-chosen", here);
    const link = row.querySelector("a");
    here ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current");
  }
}

function choose(run) {
  const link = document.querySelector(`tr[data-run="${run}"] a`);
  link?.closest("tr").scrollIntoView({ block: "nearest" });
  link?.click();
}

// The run whose line is nearest to a place on the map, of those near enough; not the one they are on.
function runAt(point, but) {
  let [best, far] = [0, NEAR];
  for (const [run, line] of lines) {
    const found = run !== but && line.closestLayerPoint(map.containerPointToLayerPoint(point));
    if (found && found.distance < far) [best, far] = [run, found.distance];
  }
  return best;
}

const go = (move, run) => move && location.assign(`${move}?back=map${run ? `&to=${run}` : ""}`);

document.addEventListener("click", (event) => {
  const row = event.target.closest("tr[data-run]");
  if (row && event.target.closest("a")) (chosen = Number(row.dataset.run)), mark();
});
document.addEventListener("dragstart", (event) => {
  moving = event.target.closest?.("[data-move]");
  if (moving) event.dataTransfer.setData("text/plain", moving.textContent.trim());
});
const over = (event) => moving && event.target.closest?.("tr[data-run]:not([data-shut]), #map");
document.addEventListener("dragover", (event) => {
  const [there, before] = [over(event), document.querySelector(".mh-over")];
  if (before !== there) (before?.classList.remove("mh-over"), there?.classList.add("mh-over"));
  if (there) event.preventDefault();
});
document.addEventListener("dragend", () => {
  document.querySelector(".mh-over")?.classList.remove("mh-over");
  moving = null;
});
document.addEventListener("drop", (event) => {
  const there = over(event);
  if (!there) return;
  event.preventDefault();
  const from = Number(moving.dataset.from) || 0;
  const run = there === ground ? runAt(map.mouseEventToContainerPoint(event), from) : Number(there.dataset.run);
  run && run !== from ? go(moving.dataset.move, run) : (said.textContent = words.nobody);
});

const loadLines = () => fetch(words.lines).then((answer) => answer.json()).then(showLines);
await fetch(words.places).then((answer) => answer.json()).then(showPlaces);
await loadLines();
ground.dataset.ready = "yes";
