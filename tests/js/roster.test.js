import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRoster } from '../../board/static/js/pages/roster.js';

const of = (text) => readRoster(text).map(({ name, email, job_title, problem }) => [name, email, job_title, problem]);

test('tabs out of a spreadsheet, with a line of titles in any order', () => {
  assert.deepEqual(of('E-mail\tJob title\tName\nmaya@example.org\tTeacher, grade 4\tMaya Rahman\n\tAide\tRose'), [
    ['Maya Rahman', 'maya@example.org', 'Teacher, grade 4', ''],
    ['Rose', null, 'Aide', ''],
  ]);
});

test('first and last names in columns of their own', () => {
  assert.deepEqual(of('First name;Last name;Email\nMaya;Rahman;maya@example.org'), [
    ['Maya Rahman', 'maya@example.org', '', ''],
  ]);
});

test('without titles an address is known by its look', () => {
  assert.deepEqual(
    of('Maya Rahman, maya@example.org, Teacher\r\njon@example.org, Jon Lindqvist\n\nRose Delacroix, , Aide'),
    [
      ['Maya Rahman', 'maya@example.org', 'Teacher', ''],
      ['Jon Lindqvist', 'jon@example.org', '', ''],
      ['Rose Delacroix', null, 'Aide', ''],
    ],
  );
});

test('as a mail program writes addresses', () => {
  assert.deepEqual(
    of('Maya Rahman <maya@example.org>\n"Lindqvist" <jon@example.org>').map((p) => p.slice(0, 2)),
    [
      ['Maya Rahman', 'maya@example.org'],
      ['Lindqvist', 'jon@example.org'],
    ],
  );
});

test('quotes hold dividers, line ends and quotes', () => {
  assert.deepEqual(of('name,job\n"Rahman, Maya","Teacher ""4th""\nand 5th"'), [
    ['Rahman, Maya', null, 'Teacher "4th"\nand 5th', ''],
  ]);
});

test('one name a line is enough', () => {
  assert.deepEqual(
    of('Maya Rahman\nJon Lindqvist').map((p) => p[0]),
    ['Maya Rahman', 'Jon Lindqvist'],
  );
});

test('what cannot be taken says why', () => {
  assert.deepEqual(
    of('Maya, maya@\n, jon@example.org\nRose\nrose').map((p) => p[3]),
    ['email', 'name', '', 'twice'],
  );
});

test('nothing gives nobody', () => {
  for (const text of ['', '\n \n', ',,\n,']) assert.deepEqual(of(text), []);
});
