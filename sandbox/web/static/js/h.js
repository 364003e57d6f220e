// The one door to the vendored view library, so that its path stands in one place.
export {
  html, render, Component, createContext,
  useState, useEffect, useLayoutEffect, useRef, useMemo, useCallback, useContext, useErrorBoundary,
} from '../vendor/htm-preact.js';
