// 個人情報の流れ as a figure: where the places stand and how the arrows run between them. In three layers from above:
// the persons, the contractor with its stores and other agencies beside it, the ward. Lengths in millimetres from the
// upper left corner; pages and papers draw the same figure.
#pragma once

#include "entrustment/entrustment.h"

namespace azukari::entrustment {

struct FigurePoint {
    double x = 0, y = 0;
};
struct FigureBox {
    PlaceKind kind;
    double x, y, width, height;
    std::vector<std::string> lines; // of the name, centred
};
struct FigureArrow {
    std::vector<FigurePoint> points; // two or more; the head is at the last
    std::vector<std::string> lines;  // number and what flows
    FigurePoint label;               // left end of the first line's baseline
};
struct FlowFigure {
    double width = 0, height = 0;
    std::vector<FigureBox> boxes;
    std::vector<FigureArrow> arrows;
};

inline constexpr double kFigureType = 2.9;    // height of the type in the figure, mm
inline constexpr double kFigureLeading = 3.9; // from line to line

FlowFigure lay_out(const InformationFlow& flow, double width);

} // namespace azukari::entrustment
