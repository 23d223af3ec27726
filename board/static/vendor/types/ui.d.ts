export { h, Fragment, render, createRef, options } from 'preact';
export type { ComponentChildren, RefObject, VNode } from 'preact';
export { useEffect, useLayoutEffect, useRef, useState, useMemo, useCallback, useId } from 'preact/hooks';
export { signal, computed, effect, batch, untracked, useSignal, useComputed, useSignalEffect } from '@preact/signals';
export type { Signal, ReadonlySignal } from '@preact/signals';
import type { VNode } from 'preact';
export declare const html: (strings: TemplateStringsArray, ...values: unknown[]) => VNode;
