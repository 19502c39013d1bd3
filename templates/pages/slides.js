for (const figure of document.querySelectorAll(".pdel-page figure.panel")) {
  const data = figure.querySelector('script[type="application/json"]');
  if (!data) continue;
  const frames = JSON.parse(data.textContent);
  const slider = figure.querySelector("input");
  const output = figure.querySelector("output");
  const planes = figure.querySelectorAll("img.plane");
  const curves = figure.querySelectorAll("svg path.slide");
  slider.addEventListener("input", () => {
    const index = Number(slider.value);
    output.textContent = frames.labels[index];
    (frames.images || []).forEach((images, map) => { planes[map].src = images[index]; });
    (frames.paths || []).forEach((paths, curve) => { curves[curve].setAttribute("d", paths[index]); });
  });
}
