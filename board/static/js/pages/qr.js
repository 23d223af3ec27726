/** A QR code as a drawing. */
import { qrcode } from '#qr';

const SVG = 'http://www.w3.org/2000/svg';
/** Empty modules around the code, as the standard asks for. */
const QUIET = 4;

/** @param {string} text */
export function drawCode(text) {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const size = code.getModuleCount();
  let dark = '';
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      if (code.isDark(row, column)) dark += `M${column + QUIET} ${row + QUIET}h1v1h-1z`;
    }
  }
  const picture = document.createElementNS(SVG, 'svg');
  picture.setAttribute('viewBox', `0 0 ${size + 2 * QUIET} ${size + 2 * QUIET}`);
  picture.setAttribute('shape-rendering', 'crispEdges');
  // Dark on light in either theme: scanners expect it.
  for (const [name, fill, d] of [
    ['rect', '#fff', ''],
    ['path', '#000', dark],
  ]) {
    const shape = document.createElementNS(SVG, name);
    shape.setAttribute('fill', fill);
    if (d) shape.setAttribute('d', d);
    else for (const side of ['width', 'height']) shape.setAttribute(side, '100%');
    picture.append(shape);
  }
  return picture;
}
