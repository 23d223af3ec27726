// Makes the bundles that pages import by name (#ui, #dnd, #socket, #qr) and the list of what is in them. Run with `npm run vendor`.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../../..');

const BUNDLES = {
  'ui.js': `
    export { h, Fragment, render, createRef, options } from 'preact';
    export { useEffect, useLayoutEffect, useRef, useState, useMemo, useCallback, useId } from 'preact/hooks';
    export { signal, computed, effect, batch, untracked, useSignal, useComputed, useSignalEffect } from '@preact/signals';
    import { h } from 'preact';
    import htm from 'htm';
    export const html = htm.bind(h);`,
  'dnd.js': `
    export { draggable, dropTargetForElements, monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
    export { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
    export { autoScrollForElements } from '@atlaskit/pragmatic-drag-and-drop-auto-scroll/element';`,
  'socket.js': `export { io } from 'socket.io-client';`,
  'qr.js': `export { default as qrcode } from 'qrcode-generator';`,
};

const manifest = [];
for (const [file, contents] of Object.entries(BUNDLES)) {
  const result = await build({
    stdin: { contents, resolveDir: root },
    absWorkingDir: root,
    bundle: true,
    format: 'esm',
    minify: true,
    target: 'es2022',
    legalComments: 'none',
    metafile: true,
    write: false,
    conditions: ['browser'],
    mainFields: ['browser', 'module', 'main'],
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const bytes = result.outputFiles[0].contents;
  writeFileSync(join(here, file), bytes);
  manifest.push({
    file,
    bytes: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    packages: packagesOf(Object.keys(result.metafile.inputs)),
  });
}
writeFileSync(join(here, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
writeFileSync(join(here, 'LICENCES.txt'), licences(manifest));
for (const { file, bytes, gzip } of manifest) console.log(`${file} ${bytes} bytes, ${gzip} compressed`);

/** @param {string[]} inputs */
function packagesOf(inputs) {
  const names = new Set();
  for (const input of inputs) {
    const name = input.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1];
    if (name) names.add(name);
  }
  return [...names].sort().map((name) => {
    const { version, license } = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'));
    return { name, version, licence: license };
  });
}

/** The licences ask that their text goes with the code. */
function licences(list) {
  const names = [...new Set(list.flatMap(({ packages }) => packages.map(({ name }) => name)))].sort();
  return names
    .map((name) => {
      const folder = join(root, 'node_modules', name);
      const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
      const text = file && existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8').trim() : '(no text in the package)';
      return `${name}\n${'='.repeat(name.length)}\n${text}\n`;
    })
    .join('\n');
}
