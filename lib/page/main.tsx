import { render } from 'preact';
import { App } from './app.tsx';
import { toModel } from './model.ts';

const data = document.getElementById('report')?.textContent;
const page = document.getElementById('page');
if (data && page) render(<App model={toModel(JSON.parse(data))} />, page);
