// Why a PDF made elsewhere cannot be the ground of a letter.
#pragma once

#include "base/result.h"

namespace azukari::pdf {

inline constexpr RefusalKind kTemplateAbsent{"pdf.template_absent", "様式のPDF {} が読めません。"};
inline constexpr RefusalKind kTemplateTooLarge{"pdf.template_too_large",
                                               "様式のPDF {} が大きすぎます。{}MBまでにしてください。"};
inline constexpr RefusalKind kTemplateTorn{
    "pdf.template_torn", "様式のPDF {} が壊れているか、PDFではありません。作ったソフトで書き出し直してください。"};
inline constexpr RefusalKind kTemplateEncrypted{
    "pdf.template_encrypted", "様式のPDF {} に暗号またはパスワードがかかっています。かけずに書き出し直してください。"};
inline constexpr RefusalKind kTemplateWithoutPage{"pdf.template_without_page", "様式のPDF {} にページがありません。"};
inline constexpr RefusalKind kTemplateSize{"pdf.template_size",
                                           "様式のPDF {} の用紙が{}×{}mmです。{}×{}mmで書き出し直してください。"};
inline constexpr RefusalKind kTemplateTurned{
    "pdf.template_turned", "様式のPDF {} のページが回転しています。回転させずに書き出し直してください。"};
inline constexpr RefusalKind kTemplateScript{
    "pdf.template_script", "様式のPDF {} にスクリプト(JavaScript)が入っています。入れずに書き出し直してください。"};
inline constexpr RefusalKind kTemplateOutside{
    "pdf.template_outside",
    "様式のPDF {} に、リンクや添付など外部のものを指す部分があります({})。取り除いて書き出し直してください。"};
inline constexpr RefusalKind kTemplateAnnotated{
    "pdf.template_annotated",
    "様式のPDF {} に入力欄や注釈があります。紙には出ないので、取り除くか、絵柄に変えて書き出し直してください。"};
inline constexpr RefusalKind kTemplateLayers{
    "pdf.template_layers", "様式のPDF {} にレイヤーがあります。見えるものだけに統合して書き出し直してください。"};
inline constexpr RefusalKind kTemplateFont{
    "pdf.template_font",
    "様式のPDF {} に埋め込まれていないフォントがあります({})。フォントを埋め込んで書き出し直してください。"};

} // namespace azukari::pdf
