<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling" labelsEnabled="1">
  <renderer-v2 type="singleSymbol" symbollevels="0" enableorderby="0" forceraster="0">
    <symbols>
      <symbol name="0" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="name" type="QString" value="circle"/>
            <Option name="color" type="QString" value="147,161,170,255"/>
            <Option name="outline_color" type="QString" value="34,48,60,255"/>
            <Option name="outline_width" type="QString" value="0.2"/>
            <Option name="size" type="QString" value="2"/>
            <Option name="size_unit" type="QString" value="MM"/>
          </Option>
          <prop k="name" v="circle"/>
          <prop k="color" v="147,161,170,255"/>
          <prop k="outline_color" v="34,48,60,255"/>
          <prop k="outline_width" v="0.2"/>
          <prop k="size" v="2"/>
          <prop k="size_unit" v="MM"/>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
  <labeling type="simple">
    <settings calloutType="simple">
      <text-style fieldName="school_name_th" isExpression="0" fontFamily="Sarabun" fontSize="7" fontSizeUnit="Point" fontWeight="50" textColor="42,54,66,255">
        <text-buffer bufferDraw="1" bufferSize="1" bufferSizeUnits="MM" bufferColor="255,255,255,220"/>
      </text-style>
      <rendering scaleVisibility="1" scaleMin="120000" scaleMax="1" obstacle="1"/>
    </settings>
  </labeling>
  <blending>0</blending>
  <layerGeometryType>0</layerGeometryType>
</qgis>
