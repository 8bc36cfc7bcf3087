// The histogram of days, which is also the slider that chooses from when to when, and its player.

const mostBars = 60;
const beat = 600; // milliseconds between two steps of the player
const timeline = { starts: [], after: null }; // the first day of each bar, as a number; the day after the last
let playing = null;

// The first day of each bar: of a day, a week, a month, a quarter or a year each, whatever gives few enough.
function setBars() {
  let [first, last] = [Infinity, -Infinity];
  for (const day of columns.day) {
    if (day >= 0) [first, last] = [Math.min(first, day), Math.max(last, day)];
  }
  byId("timeline").hidden = !(first < last);
  if (!(first < last)) return;
  const monthly = (months) => (day, step) => {
    const date = new Date(day * 864e5);
    return Date.UTC(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / months) * months + step * months) / 864e5;
  };
  const daily = (days) => (day, step) => day + step * days;
  const units = [daily(1), daily(7), monthly(1), monthly(3), monthly(12), monthly(120)];
  const startsOf = (unit) => {
    const starts = [unit(first, 0)];
    while (starts.at(-1) <= last && starts.length <= mostBars + 1) starts.push(unit(starts[0], starts.length));
    return starts;
  };
  const starts = units.map(startsOf).find((each) => each.length <= mostBars + 1) || startsOf(units.at(-1));
  timeline.after = starts.pop();
  timeline.starts = starts;
  for (const range of [byId("since"), byId("until")]) range.max = starts.length - 1;
}

const barOf = (day) => timeline.starts.findLastIndex((start) => start <= day);
const endOf = (bar) => (timeline.starts[bar + 1] ?? timeline.after) - 1;

function drawTimeline() {
  const bars = timeline.starts.length;
  if (!bars) return;
  const [all, passed] = [new Array(bars).fill(0), new Array(bars).fill(0)];
  for (let row = 0; row < rowCount; row += 1) {
    if (columns.day[row] < 0 || !shown.undated[row]) continue;
    const bar = barOf(columns.day[row]);
    all[bar] += 1;
    if (shown.passes[row]) passed[bar] += 1;
  }
  const most = Math.max(...all, 1);
  const [from, to] = chosenBars();
  byId("bars").replaceChildren(...all.map((number, bar) => {
    const column = make("i", { class: bar >= from && bar <= to ? "in" : "", title: `${day(isoDay(timeline.starts[bar]))}: ${number}` }, make("b", {}));
    column.style.setProperty("--all", number && Math.max(number / most, 0.04));
    column.style.setProperty("--passed", number && passed[bar] / number);
    return column;
  }));
  for (const [id, bar, at] of [["since", from, timeline.starts[from]], ["until", to, endOf(to)]]) {
    byId(id).value = bar;
    byId(id).setAttribute("aria-valuetext", day(isoDay(at)));
  }
  byId("days").textContent = `${day(isoDay(timeline.starts[from]))} – ${day(isoDay(endOf(to)))}`;
  byId("play").setAttribute("aria-pressed", String(playing !== null));
  byId("play").textContent = playing === null ? "▶" : "❚❚";
}

function chosenBars() {
  const last = timeline.starts.length - 1;
  const from = state.since ? Math.max(barOf(dayNumber(state.since)), 0) : 0;
  const to = state.until ? Math.max(barOf(dayNumber(state.until)), from) : last;
  return [Math.min(from, last), Math.min(to, last)];
}

function setDays(from, to) {
  const last = timeline.starts.length - 1;
  narrow({ since: from > 0 ? isoDay(timeline.starts[from]) : null, until: to < last ? isoDay(endOf(to)) : null });
}

// The player lets the last day run from the first to the end.
function play() {
  if (playing !== null) return pause();
  const [from, to] = chosenBars();
  const last = timeline.starts.length - 1;
  const step = () => {
    const next = chosenBars()[1] + 1;
    if (next >= last) pause();
    setDays(from, Math.min(next, last));
  };
  playing = setInterval(step, beat);
  setDays(from, to >= last ? from : to);
}

function pause() {
  clearInterval(playing);
  playing = null;
  drawTimeline();
}

function listenToTimeline() {
  byId("since").addEventListener("input", ({ target }) => setDays(Math.min(Number(target.value), chosenBars()[1]), chosenBars()[1]));
  byId("until").addEventListener("input", ({ target }) => setDays(chosenBars()[0], Math.max(Number(target.value), chosenBars()[0])));
  byId("play").addEventListener("click", play);
}
